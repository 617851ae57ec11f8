package dev.aerie.ingest.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.ingest.alert.AlertRules;
import dev.aerie.ingest.watch.TrackChange;
import dev.aerie.messages.Alert;
import dev.aerie.messages.Messages;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.TrustOptions;
import io.vertx.mqtt.MqttClientOptions;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Tells an MQTT broker of tracks and alerts, as Frigate tells of its own, and Home Assistant of the sensors that are
/// there. Thread-safe.
///
/// - `TOPIC/available`: `online`, `offline`, retained
/// - `TOPIC/events`: each change of a track, [FrigateEvent]
/// - `TOPIC/STREAM/LABEL`: how many such objects there are now, retained
/// - `TOPIC/alerts`: each alert message as the bus carries it
/// - `TOPIC/alerts/RULE`: `ON` while an alert of the rule holds, else `OFF`, retained
public final class MqttBridge implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_-]+");
    private static final int MAX_SENSORS = 1_000;
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";

    private final MqttConnection connection;
    private final String topic;
    private final Optional<String> discovery;
    private final AlertRules rules;

    /// How many objects, by `STREAM/LABEL`. Of the event loop, as what follows.
    private final Map<String, Set<String>> objects = new TreeMap<>();

    /// The open alerts, by rule.
    private final Map<String, Set<String>> open = new TreeMap<>();

    private final Set<String> discovered = new HashSet<>();

    /// What a broker is told with the connection.
    ///
    /// - `topic`: in front of all topics
    /// - `discovery`: the prefix that Home Assistant listens to; empty: it is told nothing
    public record Names(String clientId, String topic, Optional<String> discovery) {}

    /// User and password.
    public record Login(Optional<String> username, Optional<String> password) {}

    /// - `trust`: whose certificates are believed beside the JDK's, with `mqtts`
    public MqttBridge(
            Vertx vertx, MqttBroker broker, Login login, Optional<TrustOptions> trust, Names names, AlertRules rules) {
        this.topic = names.topic();
        this.discovery = names.discovery();
        this.rules = rules;
        var options = new MqttClientOptions()
                .setClientId(names.clientId())
                .setWillFlag(true)
                .setWillTopic(topic + "/available")
                .setWillMessageBytes(Buffer.buffer(OFFLINE))
                .setWillRetain(true)
                .setWillQoS(1);
        login.username().ifPresent(options::setUsername);
        login.password().ifPresent(options::setPassword);
        if (broker.secure()) {
            options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            trust.ifPresent(options::setTrustOptions);
        }
        connection = new MqttConnection(vertx, broker, options, this::sayAll);
    }

    public void start() {
        connection.start();
    }

    /// Never blocks.
    public void accept(TrackChange change) {
        connection.run(() -> {
            connection.publish(topic + "/events", FrigateEvent.of(change), false);
            count(change);
        });
    }

    /// Never blocks.
    public void accept(Alert alert) {
        connection.run(() -> {
            connection.publish(topic + "/alerts", new String(Messages.write(alert), StandardCharsets.UTF_8), false);
            hold(alert);
        });
    }

    public boolean isConnected() {
        return connection.isConnected();
    }

    /// Messages that the broker has taken.
    public long sent() {
        return connection.sent();
    }

    /// Messages that found no broker.
    public long dropped() {
        return connection.dropped();
    }

    @Override
    public void close() {
        connection.close(() -> connection.publish(topic + "/available", OFFLINE, true));
    }

    /// The state of everything, which a broker that was away does not know.
    private void sayAll() {
        discovered.clear();
        connection.publish(topic + "/available", ONLINE, true);
        rules.all().keySet().forEach(rule -> open.computeIfAbsent(rule, _ -> new HashSet<>()));
        open.forEach((rule, alerts) -> sayRule(rule));
        objects.forEach((sensor, ids) -> sayCount(sensor));
    }

    private void count(TrackChange change) {
        String sensor =
                change.after().stream() + "/" + slug(change.after().object().label());
        String id = change.after().id();
        if (change.before() != null) {
            String former = change.before().stream() + "/"
                    + slug(change.before().object().label());
            if (!former.equals(sensor)
                    && objects.containsKey(former)
                    && objects.get(former).remove(id)) {
                sayCount(former);
            }
        }
        if (!objects.containsKey(sensor) && objects.size() >= MAX_SENSORS) {
            return;
        }
        var ids = objects.computeIfAbsent(sensor, _ -> new HashSet<>());
        boolean isOther = change.kind() == TrackChange.Kind.ENDED ? ids.remove(id) : ids.add(id);
        if (isOther) {
            sayCount(sensor);
        }
    }

    private void hold(Alert alert) {
        var alerts = open.computeIfAbsent(alert.rule(), _ -> new HashSet<>());
        boolean began = alert.event() == Alert.Kind.BEGAN;
        boolean isOther = began ? alerts.add(alert.alert()) : alerts.remove(alert.alert());
        if (isOther) {
            sayRule(alert.rule());
        }
    }

    private void sayCount(String sensor) {
        int slash = sensor.lastIndexOf('/');
        String stream = sensor.substring(0, slash);
        String label = sensor.substring(slash + 1);
        String state = topic + "/" + sensor;
        var config = config(slug(stream) + "_" + label, label, state);
        config.put("state_class", "measurement").put("unit_of_measurement", "objects");
        discover("sensor", config, stream);
        int count = objects.getOrDefault(sensor, Set.of()).size();
        connection.publish(state, Integer.toString(count), true);
    }

    private void sayRule(String rule) {
        String state = topic + "/alerts/" + rule;
        discover("binary_sensor", config("alert_" + rule, "alert " + rule, state), "alerts");
        connection.publish(state, open.getOrDefault(rule, Set.of()).isEmpty() ? "OFF" : "ON", true);
    }

    private ObjectNode config(String id, String name, String state) {
        ObjectNode config = JSON.createObjectNode();
        config.put("name", name).put("unique_id", slug(topic) + "_" + id);
        return config.put("state_topic", state).put("availability_topic", topic + "/available");
    }

    /// Tells Home Assistant of a sensor, once in each connection.
    ///
    /// - `device`: under which it is shown
    private void discover(String component, ObjectNode config, String device) {
        String id = config.path("unique_id").textValue();
        if (discovery.isEmpty() || !discovered.add(component + "/" + id)) {
            return;
        }
        config.putObject("device")
                .put("name", "Aerie " + device)
                .put("manufacturer", "Aerie")
                .putArray("identifiers")
                .add(slug(topic) + "_" + slug(device));
        connection.publish(discovery.get() + "/" + component + "/" + id + "/config", config.toString(), true);
    }

    /// Letters, digits, `_` and `-` of a label, for topics.
    private static String slug(String text) {
        return OTHERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("_");
    }
}
