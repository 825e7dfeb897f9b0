CREATE VIEW proactive_table AS
-- One row a report with the table “主动公开政府信息情况”, one column a cell: row__column__unit in the codes of the forms.
-- NULL where no number stands; an amount in another unit than the column's is NULL, too (report_facts has it).
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    version_summary.proactive_form AS form,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'regulation' AND cell.column_code = 'newly_made'))
        AS regulation__newly_made__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'regulation' AND cell.column_code = 'newly_disclosed'))
        AS regulation__newly_disclosed__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'regulation' AND cell.column_code = 'disclosed_total'))
        AS regulation__disclosed_total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'normative_document' AND cell.column_code = 'newly_made'))
        AS normative_document__newly_made__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'normative_document' AND cell.column_code = 'newly_disclosed'))
        AS normative_document__newly_disclosed__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'normative_document' AND cell.column_code = 'disclosed_total'))
        AS normative_document__disclosed_total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_licence' AND cell.column_code = 'items_prev_year'))
        AS administrative_licence__items_prev_year__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_licence' AND cell.column_code = 'items_change'))
        AS administrative_licence__items_change__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_licence' AND cell.column_code = 'decisions'))
        AS administrative_licence__decisions__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'other_external_service' AND cell.column_code = 'items_prev_year'))
        AS other_external_service__items_prev_year__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'other_external_service' AND cell.column_code = 'items_change'))
        AS other_external_service__items_change__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'other_external_service' AND cell.column_code = 'decisions'))
        AS other_external_service__decisions__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_penalty' AND cell.column_code = 'items_prev_year'))
        AS administrative_penalty__items_prev_year__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_penalty' AND cell.column_code = 'items_change'))
        AS administrative_penalty__items_change__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_penalty' AND cell.column_code = 'decisions'))
        AS administrative_penalty__decisions__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_compulsion' AND cell.column_code = 'items_prev_year'))
        AS administrative_compulsion__items_prev_year__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_compulsion' AND cell.column_code = 'items_change'))
        AS administrative_compulsion__items_change__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_compulsion' AND cell.column_code = 'decisions'))
        AS administrative_compulsion__decisions__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_fee' AND cell.column_code = 'items_prev_year'))
        AS administrative_fee__items_prev_year__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_fee' AND cell.column_code = 'items_change'))
        AS administrative_fee__items_change__items,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'centralised_procurement' AND cell.column_code = 'projects'))
        AS centralised_procurement__projects__projects,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'centralised_procurement' AND cell.column_code = 'amount'))
        AS centralised_procurement__amount__unit_as_printed,
    (SELECT fact.unit FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'centralised_procurement' AND cell.column_code = 'amount'))
        AS centralised_procurement__amount__unit,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'regulation' AND cell.column_code = 'issued'))
        AS regulation__issued__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'regulation' AND cell.column_code = 'repealed'))
        AS regulation__repealed__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'regulation' AND cell.column_code = 'in_force'))
        AS regulation__in_force__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'normative_document' AND cell.column_code = 'issued'))
        AS normative_document__issued__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'normative_document' AND cell.column_code = 'repealed'))
        AS normative_document__repealed__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'normative_document' AND cell.column_code = 'in_force'))
        AS normative_document__in_force__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'proactive' AND cell.row_code = 'administrative_fee' AND cell.column_code = 'amount'))
        AS administrative_fee__amount__wan_yuan
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
WHERE version_summary.proactive_form IS NOT NULL
