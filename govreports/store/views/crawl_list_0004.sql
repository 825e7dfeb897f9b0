CREATE VIEW crawl_list AS
-- One row a portal and run (times in UTC). state is NULL while the run goes on, and stays so if it was killed.
SELECT
    crawl_portal.crawl_id,
    portal.code AS portal,
    crawl_portal.started_at,
    crawl_portal.finished_at,
    crawl_portal.state,
    crawl_portal.items_claimed,
    crawl_portal.items_seen,
    crawl_portal.reports_seen,
    crawl_portal.new,
    crawl_portal.changed,
    crawl_portal.requests,
    crawl_portal.message,
    -- Documents that gave no report: unreadable, no report at all, or a fault of the parser.
    crawl_portal.unread,
    crawl_portal.bytes,
    crawl.software,
    -- What ended the crawl of the portal: 'finished', 'time_budget', 'shutdown', 'blocked:<kind>', …
    crawl_portal.finish_reason,
    -- Empty for the whole portal, else what the crawl was narrowed to.
    crawl_portal.scope,
    crawl_portal.blocked,
    -- Issues of the pages that were read in this run; unchanged ones were not read again.
    crawl_portal.issues,
    crawl_portal.vanished,
    -- Pages that were received and could not be stored.
    crawl_portal.lost,
    crawl_portal.reports_read,
    crawl_portal.labels_unknown,
    crawl_portal.checks_passed,
    crawl_portal.checks_failed,
    crawl_portal.cells_read,
    crawl_portal.cells_reported,
    crawl.parser_version
FROM crawl_portal
JOIN crawl ON crawl.id = crawl_portal.crawl_id
JOIN portal ON portal.id = crawl_portal.portal_id
