package dev.aerie.cli.deploy;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A connection inside the fleet.
///
/// - `from`, `to`: names of services, or `rabbitmq`
record NetworkArrow(String from, String to, int port) implements Comparable<NetworkArrow> {

    private static final int RTSP = 8554;
    private static final int AMQP = 5672;
    private static final String INGEST = "ingest-server";
    private static final String BROKER = "rabbitmq";
    private static final String NAME = "app.kubernetes.io/name";
    private static final Pattern NODE = Pattern.compile("(\\w+)\\[\"([a-z-]+)<br/>");
    private static final Pattern EDGE =
            Pattern.compile("^ +(\\w+)(?:\\(\\[.*])? +--(?:> | (.+?) --> )(\\w+)", Pattern.MULTILINE);

    @Override
    public int compareTo(NetworkArrow other) {
        return toString().compareTo(other.toString());
    }

    /// The arrows of the diagram of docs/architecture.md, as connections: who reads by RTSP connects to the relay, who
    /// publishes or reads an exchange to the broker.
    static Set<NetworkArrow> ofTheDiagram() {
        String diagram = DocumentedServices.read("docs", "architecture.md").split("```", 3)[1];
        var services = new TreeMap<String, String>();
        NODE.matcher(diagram).results().forEach(node -> services.put(node.group(1), node.group(2)));
        services.values().retainAll(DocumentedServices.ports().keySet());
        Stream.of("ingest", "relay", "dashboard").forEach(part -> services.put(part, INGEST));
        var arrows = new TreeSet<NetworkArrow>();
        EDGE.matcher(diagram).results().forEach(edge -> {
            String from = services.getOrDefault(edge.group(1), "");
            String to = services.getOrDefault(edge.group(3), "");
            String label = edge.group(2) == null ? "" : edge.group(2);
            if (label.equals("RTSP") && !to.isEmpty()) {
                arrows.add(new NetworkArrow(to, from, RTSP));
            } else if (label.equals("HTTP")) {
                arrows.add(new NetworkArrow(
                        from, to, DocumentedServices.ports().get(to).iterator().next()));
            }
            Stream.of(from, to)
                    .filter(one -> !one.isEmpty() && (edge.group(1) + edge.group(3)).contains("_exchange"))
                    .forEach(one -> arrows.add(new NetworkArrow(one, BROKER, AMQP)));
        });
        return arrows;
    }

    /// What the policies let out of pods of the fleet, to others of it.
    static Set<NetworkArrow> letOut(RenderedOverlay overlay) {
        var arrows = new TreeSet<NetworkArrow>();
        for (NetworkPolicy policy : overlay.all(NetworkPolicy.class)) {
            for (var rule : policy.getSpec().getEgress()) {
                pairs(
                        rule.getTo(),
                        rule.getPorts(),
                        (peer, port) -> arrows.add(new NetworkArrow(subject(policy), peer, port)));
            }
        }
        return arrows;
    }

    /// What the policies let into pods of the fleet, from others of it. A rule that names nobody lets everybody in: it
    /// stands for the arrows of the diagram to that port.
    static Set<NetworkArrow> letIn(RenderedOverlay overlay) {
        var arrows = new TreeSet<NetworkArrow>();
        for (NetworkPolicy policy : overlay.all(NetworkPolicy.class)) {
            for (var rule : policy.getSpec().getIngress()) {
                if (rule.getFrom().isEmpty()) {
                    var open = rule.getPorts().stream()
                            .map(port -> port.getPort().getIntVal())
                            .toList();
                    ofTheDiagram().stream()
                            .filter(arrow -> arrow.to.equals(subject(policy)) && open.contains(arrow.port))
                            .forEach(arrows::add);
                }
                pairs(
                        rule.getFrom(),
                        rule.getPorts(),
                        (peer, port) -> arrows.add(new NetworkArrow(peer, subject(policy), port)));
            }
        }
        return arrows;
    }

    private static String subject(NetworkPolicy policy) {
        return policy.getSpec().getPodSelector().getMatchLabels().getOrDefault(NAME, "");
    }

    private interface Pair {
        void accept(String peer, int port);
    }

    private static void pairs(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports, Pair pair) {
        for (NetworkPolicyPeer peer : peers) {
            if (peer.getPodSelector() == null) {
                continue;
            }
            String name = peer.getPodSelector().getMatchLabels().getOrDefault(NAME, "");
            ports.forEach(port -> pair.accept(name, port.getPort().getIntVal()));
        }
    }
}
