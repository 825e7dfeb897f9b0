CREATE VIEW disputes_table AS
-- One row a report with the table “政府信息公开行政复议、行政诉讼情况”, one column a cell: row__column__unit in the codes of the forms.
-- NULL where no number stands; an amount in another unit than the column's is NULL, too (report_facts has it).
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    version_summary.disputes_form AS form,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'review' AND cell.column_code = 'upheld'))
        AS review__upheld__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'review' AND cell.column_code = 'corrected'))
        AS review__corrected__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'review' AND cell.column_code = 'other'))
        AS review__other__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'review' AND cell.column_code = 'pending'))
        AS review__pending__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'review' AND cell.column_code = 'total'))
        AS review__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_direct' AND cell.column_code = 'upheld'))
        AS litigation_direct__upheld__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_direct' AND cell.column_code = 'corrected'))
        AS litigation_direct__corrected__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_direct' AND cell.column_code = 'other'))
        AS litigation_direct__other__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_direct' AND cell.column_code = 'pending'))
        AS litigation_direct__pending__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_direct' AND cell.column_code = 'total'))
        AS litigation_direct__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_after_review' AND cell.column_code = 'upheld'))
        AS litigation_after_review__upheld__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_after_review' AND cell.column_code = 'corrected'))
        AS litigation_after_review__corrected__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_after_review' AND cell.column_code = 'other'))
        AS litigation_after_review__other__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_after_review' AND cell.column_code = 'pending'))
        AS litigation_after_review__pending__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'disputes' AND cell.row_code = 'litigation_after_review' AND cell.column_code = 'total'))
        AS litigation_after_review__total__n
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
WHERE version_summary.disputes_form IS NOT NULL
