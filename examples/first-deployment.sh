#!/usr/bin/env bash
# Takes a new service from nothing to a completed deployment with the command-line program alone, but
# for the four signatures: at the go / no-go it waits until people have given them.
#   COUNTERSIGN_URL, COUNTERSIGN_TOKEN   where, and a token of a team lead (scopes read, write)
#   DEPLOYED_BY                          the e-mail address of whoever deploys
#   COUNTERSIGN                          how to run the program; `npx countersign`, which a clone has, unless set:
#                                        elsewhere `node countersign.mjs`, from $COUNTERSIGN_URL/cli/countersign.mjs
set -euo pipefail
cd "$(dirname "$0")"
countersign() { command ${COUNTERSIGN:-npx countersign} "$@"; }
say() { printf '\n== %s\n' "$*"; }
tick() { countersign tick "$ID" "$@" && printf 'ticked %s items\n' "$#"; }

say "Open the record"
ID=$(countersign open --service "${SERVICE:-payments-api}" --version 1.0.0 --commit 3f9c2ab --environment production \
  --date "$(date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%SZ)" --deployed-by "$DEPLOYED_BY" ${TEAM:+--team "$TEAM"})
printf 'record %s\n' "$ID"

say "Pre-deployment: what reports can settle"
countersign evidence "$ID" dependency-scan --report reports/npm-audit.json --checker npm-audit
for suite in unit integration e2e; do
  countersign evidence "$ID" tests-passing --report reports/junit.xml --checker junit --label "$suite"
done
countersign evidence "$ID" test-coverage --report reports/lcov.info --checker lcov
countersign evidence "$ID" performance-testing --report reports/k6-summary.json --checker k6

say "Pre-deployment: what people vouch for"
TODAY=$(date -u +%Y-%m-%d)
countersign evidence "$ID" secrets-rotated --rotated "ssh=$TODAY" --rotated "ci=$TODAY" --rotated "database=$TODAY" --rotated "api=$TODAY"
for item in dns-records tls-certificates prometheus-scraping; do
  countersign evidence "$ID" "$item" --link "https://wiki.example.com/payments-api/$item"
done
tick secrets-rotated secret-management mtls-enabled firewall-rules containers-non-root security-audit owasp-top-10
tick terraform-state-backup infrastructure-as-code dns-records tls-certificates cdn load-balancers auto-scaling
tick prometheus-scraping grafana-dashboards alertmanager-routing alert-runbooks on-call-rotation log-aggregation error-tracking distributed-tracing
tick bundle-sizes migrations-tested feature-flags rate-limiting cors-policies
tick restore-drill rto-rpo-documented data-retention privacy-compliance database-replication point-in-time-recovery
countersign complete "$ID" pre-deployment

say "Final checks"
countersign evidence "$ID" staging-smoke-tests --report reports/junit.xml --checker junit
countersign evidence "$ID" database-backup --time "$(date -u -d '-10 minutes' +%Y-%m-%dT%H:%M:%SZ)"
tick staging-matches rollback-plan communication-plan on-call-briefed database-backup
countersign complete "$ID" final-checks

say "Go / no-go: waiting for the four signatures"
countersign gate "$ID" deployment --wait --timeout "${PATIENCE:-8h}"

say "Deploy"
countersign start "$ID" deployment
countersign waive "$ID" maintenance-mode-on
countersign evidence "$ID" production-smoke-tests --report reports/junit.xml --checker junit
tick run-migrations deploy-application verify-health-checks monitor-metrics increase-traffic
countersign complete "$ID" deployment

say "After the deployment: 30 minutes of green first"
until countersign tick "$ID" health-checks-green; do sleep "${PAUSE:-60}"; done
countersign evidence "$ID" error-rates-normal --value errorRatePercent=0.02
countersign evidence "$ID" latency-within-slo --value apiLatencyP95Ms=312 --value apiLatencyP99Ms=688
countersign evidence "$ID" no-critical-alerts --link https://alerts.example.com/payments-api
countersign evidence "$ID" post-smoke-tests --report reports/junit.xml --checker junit
tick error-rates-normal latency-within-slo no-critical-alerts user-acceptance maintenance-mode-off
countersign complete "$ID" post-deployment

say "Follow up"
tick metrics-review error-tracking-review log-review backup-jobs resource-utilization
tick deployment-documentation runbooks-updated configuration-changes
countersign waive "$ID" postmortem
countersign waive "$ID" api-documentation
tick stakeholders-notified status-page-operational metrics-report retrospective
countersign complete "$ID" follow-up
countersign status "$ID"
