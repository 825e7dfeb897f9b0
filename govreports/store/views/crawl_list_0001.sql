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
    crawl.software
FROM crawl_portal
JOIN crawl ON crawl.id = crawl_portal.crawl_id
JOIN portal ON portal.id = crawl_portal.portal_id
