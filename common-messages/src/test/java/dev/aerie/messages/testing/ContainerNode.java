package dev.aerie.messages.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A RabbitMQ node in a container.
final class ContainerNode implements BrokerNode {

    static final String IMAGE_VARIABLE = "RABBITMQ_IMAGE";
    static final String USUAL_IMAGE = "rabbitmq:3-management";

    private static final int AMQP_PORT = 5672;
    private static final String PAGE_PORT = "management.tcp.port";

    private final int port = RabbitNode.freePort();
    private final LocalContainer container;

    /// - `configuration`: lines of `rabbitmq.conf`, where `management.tcp.port` is a port of this machine, too;
    ///   `plugins`: which to switch on
    ContainerNode(String image, Map<String, String> configuration, List<String> plugins) {
        var lines = new HashMap<>(configuration);
        lines.put("loopback_users", "none"); // whoever comes by a port of this machine comes from the bridge
        lines.remove("management.tcp.ip");
        var ports = new HashMap<>(Map.of(AMQP_PORT, port));
        if (lines.containsKey(PAGE_PORT)) {
            int page = Integer.parseInt(lines.get(PAGE_PORT));
            ports.put(page, page);
        }
        container = new LocalContainer(new LocalContainer.Plan(
                image,
                ports,
                Map.of("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", RabbitNode.SLEEPING_SCHEDULERS),
                Map.of(
                        "/etc/rabbitmq/rabbitmq.conf", RabbitNode.lines(lines),
                        "/etc/rabbitmq/advanced.config", RabbitNode.QUICK_TICKS,
                        "/etc/rabbitmq/enabled_plugins",
                                plugins.stream().collect(Collectors.joining(",", "[", "].\n"))),
                List.of()));
    }

    @Override
    public String url() {
        return "amqp://guest:guest@127.0.0.1:" + port + "/";
    }

    @Override
    public void start() {
        container.start();
        BrokerAnswer.await(port, container::isRunning, container::log);
    }

    @Override
    public void kill() {
        container.kill();
    }

    @Override
    public void freeze() {
        container.freeze();
    }

    @Override
    public void thaw() {
        container.thaw();
    }

    @Override
    public void close() {
        container.close();
    }
}
