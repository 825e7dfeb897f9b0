CREATE VIEW long_panel AS
-- One row a body, year and scope from 2008 on, with what earlier and later forms may be laid beside each other for.
-- Each column's description says how a form gives it and where it breaks; form says which form it is. NULL where the
-- form lacks a part, or a part is no reported number. Of several reports the one with requests in figures is shown.
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
    COALESCE(version_summary.requests_form, version_summary.disputes_form, version_summary.indicators_form,
             CASE WHEN report.report_year < 2019 THEN 'narrative' END) AS form,
    CASE WHEN report.report_year >= 2014 THEN 1 ELSE 0 END AS break_2014,
    CASE WHEN report.report_year >= 2019 THEN 1 ELSE 0 END AS break_2019,
    CASE WHEN report.report_year >= 2021 THEN 1 ELSE 0 END AS break_2021,
    CASE WHEN report.report_year >= 2024 THEN 1 ELSE 0 END AS break_2024,
    (SELECT COUNT(*) FROM check_result
      WHERE check_result.version_id = report_version.id AND check_result.status = 'fail') AS checks_failed,
    (SELECT COUNT(*) FROM candidate WHERE candidate.version_id = report_version.id) AS candidates,
    version_summary.long_requests_received AS requests_received,
    version_summary.long_granted AS granted,
    version_summary.long_granted_without_already_public AS granted_without_already_public,
    version_summary.long_partially_granted AS partially_granted,
    version_summary.long_refused AS refused,
    version_summary.long_not_held AS not_held,
    version_summary.long_unclear AS unclear,
    version_summary.long_review_corrected AS review_corrected,
    version_summary.long_litigation_lost AS litigation_lost,
    version_summary.long_carried_in AS carried_in,
    version_summary.long_carried_out AS carried_out,
    version_summary.long_disputes_pending AS disputes_pending
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
      AND (CASE WHEN other.long_requests_received IS NULL THEN 1 ELSE 0 END, another.id)
        < (CASE WHEN version_summary.long_requests_received IS NULL THEN 1 ELSE 0 END, report.id))
