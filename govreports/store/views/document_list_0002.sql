CREATE VIEW document_list AS
-- One row a document as received, with what was read from it, or why nothing could be (times in UTC).
SELECT
    document.id AS document_id,
    portal.code AS portal,
    document.url,
    document.source_url,
    document.status,
    (SELECT MIN(issue.code) FROM issue
      WHERE issue.document_id = document.id AND issue.severity = 'error') AS error_code,
    (SELECT MIN(issue.message) FROM issue
      WHERE issue.document_id = document.id AND issue.severity = 'error') AS error_message,
    report_version.report_id,
    report_version.number AS version,
    document.listed_title,
    document.listed_on,
    document.media_type,
    document.http_status,
    document.fetched_at,
    document.last_seen,
    document.sha256,
    document.archive_file,
    document.archive_offset,
    document.archive_length,
    document.parser_version,
    -- How the page came in at first, and when a whole list of its portal first lacked it.
    document.origin,
    document.vanished_at
FROM document
JOIN portal ON portal.id = document.portal_id
LEFT JOIN rendition ON rendition.document_id = document.id
LEFT JOIN report_version ON report_version.id = rendition.version_id
