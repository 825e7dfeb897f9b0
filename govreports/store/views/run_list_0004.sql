CREATE VIEW run_list AS
-- One row a run, over one portal or many (times in UTC); its portals are in crawl_list.
SELECT
    crawl.id AS crawl_id,
    crawl.command,
    crawl.started_at,
    crawl.finished_at,
    -- Why it ended: 'finished', 'time_budget', 'shutdown', …; NULL while it goes on, and after it was killed.
    crawl.reason,
    crawl.portals_planned,
    COUNT(crawl_portal.portal_id) AS portals,
    COALESCE(SUM(CASE WHEN crawl_portal.state = 'complete' THEN 1 ELSE 0 END), 0) AS complete,
    COALESCE(SUM(CASE WHEN crawl_portal.state = 'partial' THEN 1 ELSE 0 END), 0) AS partial,
    COALESCE(SUM(crawl_portal.blocked), 0) AS blocked,
    COALESCE(SUM(
        CASE WHEN SUBSTR(crawl_portal.state, 1, 7) = 'failed:' OR crawl_portal.state = 'robots' THEN 1 ELSE 0 END
    ), 0) AS failed,
    -- NULL where no portal claims a number.
    SUM(crawl_portal.items_claimed) AS items_claimed,
    COALESCE(SUM(crawl_portal.items_seen), 0) AS items_seen,
    COALESCE(SUM(crawl_portal.reports_seen), 0) AS reports_seen,
    COALESCE(SUM(crawl_portal.new), 0) AS new,
    COALESCE(SUM(crawl_portal.changed), 0) AS changed,
    COALESCE(SUM(crawl_portal.unread), 0) AS unread,
    COALESCE(SUM(crawl_portal.vanished), 0) AS vanished,
    COALESCE(SUM(crawl_portal.issues), 0) AS issues,
    COALESCE(SUM(crawl_portal.requests), 0) AS requests,
    COALESCE(SUM(crawl_portal.bytes), 0) AS bytes,
    (SELECT COUNT(*) FROM alert WHERE alert.crawl_id = crawl.id AND alert.change = 'turned_bad') AS turned_bad,
    (SELECT COUNT(*) FROM alert WHERE alert.crawl_id = crawl.id AND alert.change = 'recovered') AS recovered,
    crawl.selection,
    crawl.software,
    crawl.parser_version,
    crawl.host,
    crawl.pid
FROM crawl
LEFT JOIN crawl_portal ON crawl_portal.crawl_id = crawl.id
GROUP BY crawl.id
