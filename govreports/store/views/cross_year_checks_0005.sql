CREATE VIEW cross_year_checks AS
-- One row a relation between two consecutive years of a body and scope. R5: what came in is what the year before carried
-- over; R6: what is in force is what was, more what was issued, less what was repealed. A difference is a warning: bodies
-- merge, old documents are cleared out. Nothing is altered by it.
SELECT
    compared.*,
    CASE WHEN compared.expected IS NULL OR compared.actual IS NULL THEN 'not_assessable'
         WHEN compared.expected = compared.actual THEN 'pass' ELSE 'fail' END AS status
FROM (
SELECT
    this_year.body_id,
    this_year.body,
    this_year.level,
    this_year.division_code,
    this_year.report_year,
    this_year.scope,
    this_year.report_id,
    last_year.report_id AS previous_report_id,
    relation.rule,
    relation.relation,
    relation.table_code,
    relation.row_code,
    relation.column_code,
    CASE relation.place
        WHEN 1 THEN earlier.carried_out_natural_person
        WHEN 2 THEN earlier.carried_out_commercial_enterprise
        WHEN 3 THEN earlier.carried_out_research_institution
        WHEN 4 THEN earlier.carried_out_public_interest_organisation
        WHEN 5 THEN earlier.carried_out_legal_service_organisation
        WHEN 6 THEN earlier.carried_out_other_organisation
        WHEN 7 THEN earlier.carried_out
        WHEN 8 THEN earlier.regulation_in_force + later.regulation_issued - later.regulation_repealed
        WHEN 9 THEN earlier.normative_document_in_force + later.normative_document_issued - later.normative_document_repealed
    END AS expected,
    CASE relation.place
        WHEN 1 THEN later.carried_in_natural_person
        WHEN 2 THEN later.carried_in_commercial_enterprise
        WHEN 3 THEN later.carried_in_research_institution
        WHEN 4 THEN later.carried_in_public_interest_organisation
        WHEN 5 THEN later.carried_in_legal_service_organisation
        WHEN 6 THEN later.carried_in_other_organisation
        WHEN 7 THEN later.carried_in
        WHEN 8 THEN later.regulation_in_force
        WHEN 9 THEN later.normative_document_in_force
    END AS actual
FROM panel AS this_year
JOIN panel AS last_year
    ON last_year.body_id = this_year.body_id AND last_year.scope = this_year.scope
    AND last_year.report_year = this_year.report_year - 1
JOIN report_version AS this_version ON this_version.report_id = this_year.report_id AND this_version.is_current
JOIN version_summary AS later ON later.version_id = this_version.id
JOIN report_version AS last_version ON last_version.report_id = last_year.report_id AND last_version.is_current
JOIN version_summary AS earlier ON earlier.version_id = last_version.id
CROSS JOIN (
    SELECT 1 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'natural_person' AS column_code
    UNION ALL SELECT 2 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'commercial_enterprise' AS column_code
    UNION ALL SELECT 3 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'research_institution' AS column_code
    UNION ALL SELECT 4 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'public_interest_organisation' AS column_code
    UNION ALL SELECT 5 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'legal_service_organisation' AS column_code
    UNION ALL SELECT 6 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'other_organisation' AS column_code
    UNION ALL SELECT 7 AS place, 'carried_over' AS rule, 'R5' AS relation, 'requests' AS table_code,
        'carried_in' AS row_code, 'total' AS column_code
    UNION ALL SELECT 8 AS place, 'in_force_balance' AS rule, 'R6' AS relation, 'proactive' AS table_code,
        'regulation' AS row_code, 'in_force' AS column_code
    UNION ALL SELECT 9 AS place, 'in_force_balance' AS rule, 'R6' AS relation, 'proactive' AS table_code,
        'normative_document' AS row_code, 'in_force' AS column_code
) AS relation
) AS compared
