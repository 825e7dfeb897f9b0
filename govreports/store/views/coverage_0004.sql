CREATE VIEW coverage AS
-- One row a report that a portal should hold: portal, publisher and year, as reckoned on the day as_of.
WITH held AS (
    -- Of a government's report and that of its office under one name, the earlier one stands for both.
    SELECT report.portal_id, report.publisher_id, report.report_year, MIN(report.id) AS report_id
      FROM report
     GROUP BY report.portal_id, report.publisher_id, report.report_year
),
dated AS (
    -- A correction comes later and makes nothing late: the first date counts.
    SELECT
        report_version.report_id,
        MIN(COALESCE(
            report_version.published_on,
            CASE WHEN SUBSTR(document.listed_on, 1, 10) LIKE '20__-__-__' THEN SUBSTR(document.listed_on, 1, 10) END
        )) AS published_on
      FROM report_version
      JOIN document ON document.id = report_version.document_id
     GROUP BY report_version.report_id
)
SELECT
    portal.code AS portal,
    publisher.name AS publisher,
    COALESCE(NULLIF(publisher.division_code, ''), portal.division_code) AS division_code,
    expectation.report_year,
    -- 'department', 'government' or 'township': the kinds for which the calendar has deadlines.
    expectation.publisher_kind,
    expectation.deadline,
    CASE
        WHEN held.report_id IS NULL AND expectation.waits_for = 'needs:ocr' THEN 'needs_ocr'
        WHEN held.report_id IS NULL AND expectation.waits_for IS NOT NULL THEN 'needs_extra'
        WHEN held.report_id IS NULL AND expectation.deadline < expectation.as_of THEN 'missing'
        WHEN held.report_id IS NULL THEN 'not_yet_due'
        WHEN report_list.vanished_at IS NOT NULL THEN 'withdrawn'
        WHEN expectation.waits_for = 'needs:ocr' THEN 'needs_ocr'
        WHEN expectation.waits_for IS NOT NULL THEN 'needs_extra'
        WHEN report_list.checks_failed > 0 THEN 'checks_failed'
        WHEN dated.published_on > expectation.deadline THEN 'late'
        ELSE 'stored'
    END AS status,
    dated.published_on,
    -- Whether it was published in time, as far as the source says: 'on_time' or 'late', NULL where no date is known.
    CASE
        WHEN dated.published_on > expectation.deadline THEN 'late'
        WHEN dated.published_on IS NOT NULL THEN 'on_time'
    END AS punctuality,
    report_list.checks_failed,
    report_list.versions,
    report_list.first_seen,
    report_list.last_seen,
    report_list.vanished_at,
    held.report_id,
    report_list.source_url,
    -- What is missing to read a document that came ('needs:ocr', 'needs:documents'), and where that document is.
    expectation.waits_for,
    expectation.waiting_url,
    expectation.as_of
FROM expectation
JOIN portal ON portal.id = expectation.portal_id
LEFT JOIN publisher ON publisher.id = expectation.publisher_id
LEFT JOIN held ON held.portal_id = expectation.portal_id
              AND held.publisher_id = expectation.publisher_id
              AND held.report_year = expectation.report_year
LEFT JOIN report_list ON report_list.report_id = held.report_id
LEFT JOIN dated ON dated.report_id = held.report_id
