CREATE VIEW candidate_list AS
-- One row a number in the prose of a report without tables. It is no figure of the report: read its sentence first.
SELECT
    report.id AS report_id,
    candidate.position,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    report.report_year,
    report.scope,
    candidate.row_code,
    CAST(candidate.value AS NUMERIC) AS value,
    candidate.raw,
    candidate.unit,
    candidate.section AS section_number,
    candidate.sentence,
    document.source_url
FROM candidate
JOIN report_version ON report_version.id = candidate.version_id AND report_version.is_current
JOIN report ON report.id = report_version.report_id
JOIN document ON document.id = report_version.document_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
