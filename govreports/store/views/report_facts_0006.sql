CREATE VIEW report_facts AS
-- One row a cell of the forms, for the current version of each report. value is NULL unless status is 'reported': a cell
-- that is blank, absent or unreadable is never 0. A row or column that a body added has no code, but its printed label.
SELECT
    report.id AS report_id,
    publisher.name AS publisher,
    COALESCE(NULLIF(publisher.division_code, ''), portal.division_code) AS division_code,
    report.report_year,
    cell.form,
    cell.table_code,
    CASE WHEN SUBSTR(cell.row_code, 1, 6) <> 'local.' THEN cell.row_code END AS row_code,
    CASE WHEN SUBSTR(cell.column_code, 1, 6) <> 'local.' THEN cell.column_code END AS column_code,
    cell.row_label,
    cell.column_label,
    CAST(fact.value AS NUMERIC) AS value,
    COALESCE(fact.unit, cell.unit) AS unit,
    fact_status.code AS status,
    -- Stored only where it is more than the plain value, or than the nothing of a blank cell.
    COALESCE(fact.raw, fact.value, CASE WHEN fact_status.code = 'blank' THEN '' END) AS raw,
    document.source_url,
    CASE WHEN document.url <> document.source_url THEN document.url END AS document_url,
    -- The figure as exact decimal text, for those who must not pass through a binary number.
    fact.value AS value_text,
    cell.row_label_en,
    cell.column_label_en,
    cell.position AS cell_position,
    -- Where the figure stands in the document, counted from 1.
    NULLIF((fact.place >> 32) & 65535, 0) AS at_table,
    NULLIF((fact.place >> 12) & 1048575, 0) AS at_row,
    NULLIF(fact.place & 4095, 0) AS at_column,
    NULLIF((fact.place >> 48) & 32767, 0) AS at_page,
    -- 0 to 1 where a machine read the figure from a picture, else NULL.
    fact.confidence,
    publisher.body_id,
    -- In a list of indicators: the labels above the row's.
    cell.section_path,
    -- Tells the body's own rows and columns apart, the same in every store.
    cell.row_code AS row_key,
    cell.column_code AS column_key
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN fact ON fact.version_id = report_version.id
JOIN cell ON cell.id = fact.cell_id
JOIN fact_status ON fact_status.id = fact.status_id
-- A table that another rendition than the version's own gave.
LEFT JOIN table_source ON table_source.version_id = report_version.id AND table_source.table_code = cell.table_code
JOIN document ON document.id = COALESCE(table_source.document_id, report_version.document_id)
