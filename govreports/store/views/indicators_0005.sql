CREATE VIEW indicators AS
-- One row a report: rates with their denominators in the name, and each denominator as n_… in front of its rates. NULL
-- where a part is missing or the denominator is 0; a blank cell is never taken for 0. Pool counts before dividing.
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    body.level,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    version_summary.requests_form AS form,
    version_summary.outcome_total AS n_outcomes,
    CAST(version_summary.granted AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS full_grant_rate_of_outcomes,
    CAST(version_summary.partially_granted AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS partial_grant_rate_of_outcomes,
    CAST((version_summary.granted + version_summary.partially_granted) AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS disclosure_rate_of_outcomes,
    CAST(version_summary.refused AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS refusal_rate_of_outcomes,
    CAST(version_summary.unavailable AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS unavailable_rate_of_outcomes,
    CAST(version_summary.not_processed AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS not_processed_rate_of_outcomes,
    CAST(version_summary.other_handling AS DOUBLE PRECISION) / NULLIF(version_summary.outcome_total, 0) AS other_handling_rate_of_outcomes,
    (version_summary.granted + version_summary.partially_granted + version_summary.refused) AS n_decided_on_merits,
    CAST((version_summary.granted + version_summary.partially_granted) AS DOUBLE PRECISION) / NULLIF((version_summary.granted + version_summary.partially_granted + version_summary.refused), 0) AS disclosure_rate_of_decided_on_merits,
    (version_summary.new_received + version_summary.carried_in) AS n_caseload,
    CAST(version_summary.carried_out AS DOUBLE PRECISION) / NULLIF((version_summary.new_received + version_summary.carried_in), 0) AS carry_over_rate_of_caseload,
    version_summary.new_received AS n_received,
    CAST(version_summary.new_received_natural_person AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS natural_person_share_of_received,
    CAST(version_summary.new_received_commercial_enterprise AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS commercial_enterprise_share_of_received,
    CAST(version_summary.new_received_research_institution AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS research_institution_share_of_received,
    CAST(version_summary.new_received_public_interest_organisation AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS public_interest_organisation_share_of_received,
    CAST(version_summary.new_received_legal_service_organisation AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS legal_service_organisation_share_of_received,
    CAST(version_summary.new_received_other_organisation AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS other_organisation_share_of_received,
    CAST(version_summary.review_total AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS review_rate_of_received,
    CAST((version_summary.litigation_direct_total + version_summary.litigation_after_review_total) AS DOUBLE PRECISION) / NULLIF(version_summary.new_received, 0) AS litigation_rate_of_received,
    (version_summary.review_total - version_summary.review_pending) AS n_reviews_decided,
    CAST(version_summary.review_corrected AS DOUBLE PRECISION) / NULLIF((version_summary.review_total - version_summary.review_pending), 0) AS review_correction_rate_of_decided,
    (version_summary.litigation_direct_total + version_summary.litigation_after_review_total
        - version_summary.litigation_direct_pending - version_summary.litigation_after_review_pending)
        AS n_suits_decided,
    CAST((version_summary.litigation_direct_corrected + version_summary.litigation_after_review_corrected) AS DOUBLE PRECISION) / NULLIF((version_summary.litigation_direct_total + version_summary.litigation_after_review_total
        - version_summary.litigation_direct_pending - version_summary.litigation_after_review_pending), 0) AS litigation_loss_rate_of_decided
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
