CREATE VIEW alert_list AS
-- One row a change of a portal's state (times in UTC), with the ways on which it was told and those still to come.
SELECT
    alert.id AS alert_id,
    alert.raised_at,
    portal.code AS portal,
    alert.monitor,
    -- 'turned_bad' or 'recovered'.
    alert.change,
    alert.message,
    alert.threshold,
    alert.crawl_id,
    (SELECT COUNT(*) FROM alert_delivery
      WHERE alert_delivery.alert_id = alert.id AND alert_delivery.delivered_at IS NOT NULL) AS delivered,
    (SELECT COUNT(*) FROM alert_delivery
      WHERE alert_delivery.alert_id = alert.id AND alert_delivery.delivered_at IS NULL) AS undelivered
FROM alert
JOIN portal ON portal.id = alert.portal_id
