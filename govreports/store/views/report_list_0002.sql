CREATE VIEW report_list AS
-- One row a report: what its current version says, how often it changed, and when it was seen (UTC).
SELECT
    report.id AS report_id,
    portal.code AS portal,
    publisher.name AS publisher,
    COALESCE(NULLIF(publisher.division_code, ''), portal.division_code) AS division_code,
    report.report_year,
    COALESCE(report_version.title, document.listed_title) AS title,
    report_version.index_number,
    report_version.document_number,
    report_version.issued_on,
    COALESCE(report_version.published_on, document.listed_on) AS published_on,
    document.source_url,
    (SELECT COUNT(*) FROM check_result
      WHERE check_result.version_id = report_version.id AND check_result.status = 'fail') AS checks_failed,
    (SELECT COUNT(*) FROM issue WHERE issue.document_id = document.id) AS issues,
    (SELECT MIN(seen.first_seen) FROM report_version AS seen WHERE seen.report_id = report.id) AS first_seen,
    (SELECT MAX(seen.last_seen) FROM report_version AS seen WHERE seen.report_id = report.id) AS last_seen,
    (SELECT COUNT(*) FROM report_version AS seen WHERE seen.report_id = report.id) AS versions,
    -- The file that the figures were read from, where that is an attachment of the page.
    CASE WHEN document.url <> document.source_url THEN document.url END AS document_url,
    report.scope,
    document.sha256,
    document.parser_version,
    -- Since when no page of the report is listed any more; NULL while one is.
    (SELECT CASE WHEN COUNT(*) = COUNT(page.vanished_at) THEN MAX(page.vanished_at) END
       FROM report_version AS seen
       JOIN rendition ON rendition.version_id = seen.id
       JOIN document AS page ON page.id = rendition.document_id
      WHERE seen.report_id = report.id) AS vanished_at
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN document ON document.id = report_version.document_id
