CREATE VIEW requests_table AS
-- One row a report with the table “收到和处理政府信息公开申请情况”, one column a cell: row__column__unit in the codes of the forms.
-- NULL where no number stands; an amount in another unit than the column's is NULL, too (report_facts has it).
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    version_summary.requests_form AS form,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'natural_person'))
        AS new_received__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'commercial_enterprise'))
        AS new_received__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'research_institution'))
        AS new_received__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'public_interest_organisation'))
        AS new_received__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'legal_service_organisation'))
        AS new_received__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'other_organisation'))
        AS new_received__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'new_received' AND cell.column_code = 'total'))
        AS new_received__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'natural_person'))
        AS carried_in__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'commercial_enterprise'))
        AS carried_in__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'research_institution'))
        AS carried_in__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'public_interest_organisation'))
        AS carried_in__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'legal_service_organisation'))
        AS carried_in__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'other_organisation'))
        AS carried_in__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_in' AND cell.column_code = 'total'))
        AS carried_in__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'natural_person'))
        AS granted__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'commercial_enterprise'))
        AS granted__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'research_institution'))
        AS granted__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'public_interest_organisation'))
        AS granted__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'legal_service_organisation'))
        AS granted__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'other_organisation'))
        AS granted__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'granted' AND cell.column_code = 'total'))
        AS granted__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'natural_person'))
        AS partially_granted__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'commercial_enterprise'))
        AS partially_granted__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'research_institution'))
        AS partially_granted__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'public_interest_organisation'))
        AS partially_granted__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'legal_service_organisation'))
        AS partially_granted__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'other_organisation'))
        AS partially_granted__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'partially_granted' AND cell.column_code = 'total'))
        AS partially_granted__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'natural_person'))
        AS refused_state_secret__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'commercial_enterprise'))
        AS refused_state_secret__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'research_institution'))
        AS refused_state_secret__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'public_interest_organisation'))
        AS refused_state_secret__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'legal_service_organisation'))
        AS refused_state_secret__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'other_organisation'))
        AS refused_state_secret__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'total'))
        AS refused_state_secret__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'natural_person'))
        AS refused_prohibited_by_law__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'commercial_enterprise'))
        AS refused_prohibited_by_law__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'research_institution'))
        AS refused_prohibited_by_law__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'public_interest_organisation'))
        AS refused_prohibited_by_law__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'legal_service_organisation'))
        AS refused_prohibited_by_law__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'other_organisation'))
        AS refused_prohibited_by_law__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_prohibited_by_law' AND cell.column_code = 'total'))
        AS refused_prohibited_by_law__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'natural_person'))
        AS refused_security_stability__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'commercial_enterprise'))
        AS refused_security_stability__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'research_institution'))
        AS refused_security_stability__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'public_interest_organisation'))
        AS refused_security_stability__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'legal_service_organisation'))
        AS refused_security_stability__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'other_organisation'))
        AS refused_security_stability__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'total'))
        AS refused_security_stability__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'natural_person'))
        AS refused_third_party_rights__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'commercial_enterprise'))
        AS refused_third_party_rights__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'research_institution'))
        AS refused_third_party_rights__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'public_interest_organisation'))
        AS refused_third_party_rights__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'legal_service_organisation'))
        AS refused_third_party_rights__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'other_organisation'))
        AS refused_third_party_rights__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_third_party_rights' AND cell.column_code = 'total'))
        AS refused_third_party_rights__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'natural_person'))
        AS refused_internal_affairs__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'commercial_enterprise'))
        AS refused_internal_affairs__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'research_institution'))
        AS refused_internal_affairs__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'public_interest_organisation'))
        AS refused_internal_affairs__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'legal_service_organisation'))
        AS refused_internal_affairs__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'other_organisation'))
        AS refused_internal_affairs__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_internal_affairs' AND cell.column_code = 'total'))
        AS refused_internal_affairs__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'natural_person'))
        AS refused_deliberative_process__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'commercial_enterprise'))
        AS refused_deliberative_process__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'research_institution'))
        AS refused_deliberative_process__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'public_interest_organisation'))
        AS refused_deliberative_process__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'legal_service_organisation'))
        AS refused_deliberative_process__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'other_organisation'))
        AS refused_deliberative_process__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_deliberative_process' AND cell.column_code = 'total'))
        AS refused_deliberative_process__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'natural_person'))
        AS refused_enforcement_file__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'commercial_enterprise'))
        AS refused_enforcement_file__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'research_institution'))
        AS refused_enforcement_file__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'public_interest_organisation'))
        AS refused_enforcement_file__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'legal_service_organisation'))
        AS refused_enforcement_file__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'other_organisation'))
        AS refused_enforcement_file__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_enforcement_file' AND cell.column_code = 'total'))
        AS refused_enforcement_file__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'natural_person'))
        AS refused_administrative_query__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'commercial_enterprise'))
        AS refused_administrative_query__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'research_institution'))
        AS refused_administrative_query__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'public_interest_organisation'))
        AS refused_administrative_query__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'legal_service_organisation'))
        AS refused_administrative_query__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'other_organisation'))
        AS refused_administrative_query__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'refused_administrative_query' AND cell.column_code = 'total'))
        AS refused_administrative_query__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'natural_person'))
        AS unavailable_not_held__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'commercial_enterprise'))
        AS unavailable_not_held__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'research_institution'))
        AS unavailable_not_held__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'public_interest_organisation'))
        AS unavailable_not_held__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'legal_service_organisation'))
        AS unavailable_not_held__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'other_organisation'))
        AS unavailable_not_held__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_not_held' AND cell.column_code = 'total'))
        AS unavailable_not_held__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'natural_person'))
        AS unavailable_requires_creation__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'commercial_enterprise'))
        AS unavailable_requires_creation__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'research_institution'))
        AS unavailable_requires_creation__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'public_interest_organisation'))
        AS unavailable_requires_creation__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'legal_service_organisation'))
        AS unavailable_requires_creation__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'other_organisation'))
        AS unavailable_requires_creation__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_requires_creation' AND cell.column_code = 'total'))
        AS unavailable_requires_creation__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'natural_person'))
        AS unavailable_still_unclear__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'commercial_enterprise'))
        AS unavailable_still_unclear__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'research_institution'))
        AS unavailable_still_unclear__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'public_interest_organisation'))
        AS unavailable_still_unclear__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'legal_service_organisation'))
        AS unavailable_still_unclear__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'other_organisation'))
        AS unavailable_still_unclear__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'unavailable_still_unclear' AND cell.column_code = 'total'))
        AS unavailable_still_unclear__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'natural_person'))
        AS not_processed_petition__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'commercial_enterprise'))
        AS not_processed_petition__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'research_institution'))
        AS not_processed_petition__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'public_interest_organisation'))
        AS not_processed_petition__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'legal_service_organisation'))
        AS not_processed_petition__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'other_organisation'))
        AS not_processed_petition__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_petition' AND cell.column_code = 'total'))
        AS not_processed_petition__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'natural_person'))
        AS not_processed_duplicate__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'commercial_enterprise'))
        AS not_processed_duplicate__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'research_institution'))
        AS not_processed_duplicate__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'public_interest_organisation'))
        AS not_processed_duplicate__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'legal_service_organisation'))
        AS not_processed_duplicate__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'other_organisation'))
        AS not_processed_duplicate__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_duplicate' AND cell.column_code = 'total'))
        AS not_processed_duplicate__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'natural_person'))
        AS not_processed_publication__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'commercial_enterprise'))
        AS not_processed_publication__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'research_institution'))
        AS not_processed_publication__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'public_interest_organisation'))
        AS not_processed_publication__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'legal_service_organisation'))
        AS not_processed_publication__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'other_organisation'))
        AS not_processed_publication__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_publication' AND cell.column_code = 'total'))
        AS not_processed_publication__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'natural_person'))
        AS not_processed_excessive__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'commercial_enterprise'))
        AS not_processed_excessive__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'research_institution'))
        AS not_processed_excessive__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'public_interest_organisation'))
        AS not_processed_excessive__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'legal_service_organisation'))
        AS not_processed_excessive__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'other_organisation'))
        AS not_processed_excessive__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_excessive' AND cell.column_code = 'total'))
        AS not_processed_excessive__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'natural_person'))
        AS not_processed_reconfirmation__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'commercial_enterprise'))
        AS not_processed_reconfirmation__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'research_institution'))
        AS not_processed_reconfirmation__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'public_interest_organisation'))
        AS not_processed_reconfirmation__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'legal_service_organisation'))
        AS not_processed_reconfirmation__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'other_organisation'))
        AS not_processed_reconfirmation__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'not_processed_reconfirmation' AND cell.column_code = 'total'))
        AS not_processed_reconfirmation__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'natural_person'))
        AS other_handling__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'commercial_enterprise'))
        AS other_handling__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'research_institution'))
        AS other_handling__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'public_interest_organisation'))
        AS other_handling__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'legal_service_organisation'))
        AS other_handling__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'other_organisation'))
        AS other_handling__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_handling' AND cell.column_code = 'total'))
        AS other_handling__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'natural_person'))
        AS outcome_total__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'commercial_enterprise'))
        AS outcome_total__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'research_institution'))
        AS outcome_total__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'public_interest_organisation'))
        AS outcome_total__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'legal_service_organisation'))
        AS outcome_total__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'other_organisation'))
        AS outcome_total__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'outcome_total' AND cell.column_code = 'total'))
        AS outcome_total__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'natural_person'))
        AS carried_out__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'commercial_enterprise'))
        AS carried_out__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'research_institution'))
        AS carried_out__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'public_interest_organisation'))
        AS carried_out__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'legal_service_organisation'))
        AS carried_out__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'other_organisation'))
        AS carried_out__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'carried_out' AND cell.column_code = 'total'))
        AS carried_out__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'natural_person'))
        AS other_correction_overdue__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'commercial_enterprise'))
        AS other_correction_overdue__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'research_institution'))
        AS other_correction_overdue__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'public_interest_organisation'))
        AS other_correction_overdue__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'legal_service_organisation'))
        AS other_correction_overdue__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'other_organisation'))
        AS other_correction_overdue__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_correction_overdue' AND cell.column_code = 'total'))
        AS other_correction_overdue__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'natural_person'))
        AS other_fee_unpaid__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'commercial_enterprise'))
        AS other_fee_unpaid__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'research_institution'))
        AS other_fee_unpaid__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'public_interest_organisation'))
        AS other_fee_unpaid__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'legal_service_organisation'))
        AS other_fee_unpaid__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'other_organisation'))
        AS other_fee_unpaid__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_fee_unpaid' AND cell.column_code = 'total'))
        AS other_fee_unpaid__total__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'natural_person'))
        AS other_other__natural_person__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'commercial_enterprise'))
        AS other_other__commercial_enterprise__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'research_institution'))
        AS other_other__research_institution__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'public_interest_organisation'))
        AS other_other__public_interest_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'legal_service_organisation'))
        AS other_other__legal_service_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'other_organisation'))
        AS other_other__other_organisation__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'requests' AND cell.row_code = 'other_other' AND cell.column_code = 'total'))
        AS other_other__total__n
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
WHERE version_summary.requests_form IS NOT NULL
