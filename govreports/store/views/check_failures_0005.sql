CREATE VIEW check_failures AS
-- One row a failed relation of the current version of a report. expected and actual are decimal text, as stored.
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    body.level,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    check_rule.rule,
    code_name.number AS relation,
    code_name.severity,
    code_name.label AS rule_label,
    code_name.label_en AS rule_label_en,
    check_rule.table_code,
    NULLIF(check_rule.row_code, '') AS row_code,
    NULLIF(check_rule.column_code, '') AS column_code,
    check_result.expected,
    check_result.actual,
    CAST(check_result.actual AS NUMERIC) - CAST(check_result.expected AS NUMERIC) AS difference,
    document.source_url
FROM check_result
JOIN check_rule ON check_rule.id = check_result.rule_id
JOIN report_version ON report_version.id = check_result.version_id AND report_version.is_current
JOIN document ON document.id = report_version.document_id
JOIN report ON report.id = report_version.report_id
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
LEFT JOIN code_name ON code_name.kind = 'check' AND code_name.code = check_rule.rule
WHERE check_result.status = 'fail'
