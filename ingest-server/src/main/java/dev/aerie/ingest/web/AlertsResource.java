package dev.aerie.ingest.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.aerie.ingest.alert.AlertRule;
import dev.aerie.ingest.alert.AlertRules;
import dev.aerie.ingest.alert.Alerts;
import dev.aerie.messages.Alert;
import dev.aerie.messages.Messages;
import dev.aerie.service.web.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/alerts`: the last alerts, and the rules that lead to them.
@Path("/api/alerts")
@Blocking
@RegisterForReflection(targets = AlertsResource.AlertMessage.class)
final class AlertsResource {

    private static final Logger LOG = LoggerFactory.getLogger(AlertsResource.class);

    private final Alerts alerts;

    AlertsResource(Alerts alerts) {
        this.alerts = alerts;
    }

    /// Newest first, each as the bus carries it.
    record RecentAlerts(List<AlertMessage> alerts) {}

    /// A message, unchanged.
    record AlertMessage(@JsonValue @JsonRawValue String json) {

        static AlertMessage of(Alert alert) {
            return new AlertMessage(new String(Messages.write(alert), StandardCharsets.UTF_8));
        }
    }

    record RuleList(List<NamedRule> rules) {}

    record NamedRule(String name, @JsonUnwrapped AlertRule rule) {}

    /// - `stream`: of this one alone; of all without it
    @GET
    public RecentAlerts recent(@QueryParam("stream") @Nullable String stream) {
        return new RecentAlerts(
                alerts.recent(stream).stream().map(AlertMessage::of).toList());
    }

    @GET
    @Path("rules")
    public RuleList rules() {
        return new RuleList(alerts.rules().all().entrySet().stream()
                .map(entry -> new NamedRule(entry.getKey(), entry.getValue()))
                .toList());
    }

    /// Adds a rule or replaces the one of this name.
    @PUT
    @Path("rules/{rule}")
    @Consumes(MediaType.APPLICATION_JSON)
    public NamedRule put(String rule, @Nullable AlertRule body) {
        if (!AlertRule.isName(rule)) {
            throw ProblemException.badRequest("rule", "a name of [a-z0-9][a-z0-9_-]{0,62}");
        }
        if (body == null) {
            throw ProblemException.badRequest("body", "a JSON object");
        }
        change(rules -> rules.put(rule, body));
        return new NamedRule(rule, body);
    }

    @DELETE
    @Path("rules/{rule}")
    public Response remove(String rule) {
        change(rules -> rules.remove(rule));
        return Response.noContent().build();
    }

    @FunctionalInterface
    private interface Change {
        void applyTo(AlertRules rules) throws IOException;
    }

    private void change(Change change) {
        try {
            change.applyTo(alerts.rules());
        } catch (NoSuchElementException none) {
            throw ProblemException.notFound(String.valueOf(none.getMessage()));
        } catch (IllegalStateException full) {
            throw ProblemException.conflict(String.valueOf(full.getMessage()));
        } catch (IOException e) {
            LOG.warn("alert rules not written cause={}", e.toString());
            throw ProblemException.unavailable("the file of ALERT_RULES cannot be written; nothing was changed");
        }
    }
}
