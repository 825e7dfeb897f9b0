CREATE VIEW panel AS
-- One row a body, year and scope. Of several reports (on several sites) the one with requests in figures is shown, else
-- the one that was stored first; reports says how many there are. break_2021 and the like are true from the first year
-- after a break on: two rows may be compared across a break only where the documentation says so.
SELECT
    publisher.body_id,
    body.name AS body,
    body.level,
    NULLIF(body.division_code, '') AS division_code,
    NULLIF(SUBSTR(body.division_code, 1, 2), '') AS province_code,
    report.report_year,
    report.scope,
    report.id AS report_id,
    (SELECT COUNT(*) FROM publisher AS namesake JOIN report AS another ON another.publisher_id = namesake.id
      WHERE namesake.body_id = publisher.body_id AND another.report_year = report.report_year
        AND another.scope = report.scope) AS reports,
    version_summary.requests_form AS form,
    CASE WHEN version_summary.proactive_form <> version_summary.requests_form
           OR version_summary.disputes_form <> version_summary.requests_form THEN 1 ELSE 0 END AS forms_mixed,
    CASE WHEN report.report_year >= 2014 THEN 1 ELSE 0 END AS break_2014,
    CASE WHEN report.report_year >= 2019 THEN 1 ELSE 0 END AS break_2019,
    CASE WHEN report.report_year >= 2021 THEN 1 ELSE 0 END AS break_2021,
    CASE WHEN report.report_year >= 2024 THEN 1 ELSE 0 END AS break_2024,
    (SELECT COUNT(*) FROM check_result
      WHERE check_result.version_id = report_version.id AND check_result.status = 'fail') AS checks_failed,
    version_summary.new_received,
    version_summary.new_received_natural_person,
    version_summary.new_received_commercial_enterprise,
    version_summary.new_received_research_institution,
    version_summary.new_received_public_interest_organisation,
    version_summary.new_received_legal_service_organisation,
    version_summary.new_received_other_organisation,
    version_summary.carried_in,
    version_summary.granted,
    version_summary.partially_granted,
    version_summary.refused,
    version_summary.refused_state_secret,
    version_summary.refused_prohibited_by_law,
    version_summary.refused_security_stability,
    version_summary.refused_third_party_rights,
    version_summary.refused_internal_affairs,
    version_summary.refused_deliberative_process,
    version_summary.refused_enforcement_file,
    version_summary.refused_administrative_query,
    version_summary.unavailable,
    version_summary.not_processed,
    version_summary.other_handling,
    version_summary.outcome_total,
    version_summary.carried_out,
    version_summary.review_upheld,
    version_summary.review_corrected,
    version_summary.review_other,
    version_summary.review_pending,
    version_summary.review_total,
    version_summary.litigation_direct_corrected,
    version_summary.litigation_direct_pending,
    version_summary.litigation_direct_total,
    version_summary.litigation_after_review_corrected,
    version_summary.litigation_after_review_pending,
    version_summary.litigation_after_review_total,
    version_summary.administrative_licence_decisions,
    version_summary.administrative_penalty_decisions,
    version_summary.administrative_compulsion_decisions,
    version_summary.normative_document_issued,
    version_summary.normative_document_in_force
FROM body
JOIN publisher ON publisher.body_id = body.id
JOIN report ON report.publisher_id = publisher.id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
WHERE report.report_year IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM publisher AS namesake
    JOIN report AS another ON another.publisher_id = namesake.id AND another.report_year = report.report_year
    JOIN report_version AS its ON its.report_id = another.id AND its.is_current
    JOIN version_summary AS other ON other.version_id = its.id
    WHERE namesake.body_id = publisher.body_id
      AND another.scope = report.scope
      AND another.id <> report.id
      AND (CASE WHEN other.new_received IS NULL THEN 1 ELSE 0 END, another.id)
        < (CASE WHEN version_summary.new_received IS NULL THEN 1 ELSE 0 END, report.id))
