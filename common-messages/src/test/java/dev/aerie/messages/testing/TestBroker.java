package dev.aerie.messages.testing;

import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real broker for tests.
///
/// [#shared] is the one that `RABBITMQ_URL` names, else a private RabbitMQ node of this JVM, started once; it is meant
/// for tests that do the broker no harm and use queues and streams of their own names. [#privateNode] is a fresh node
/// that a test may kill. A node is a container of `RABBITMQ_IMAGE` (by Testcontainers) where the Docker engine of this
/// machine has that image, else one of Debian's `rabbitmq-server`; where neither is here, that fails with one line.
public final class TestBroker implements AutoCloseable {

    /// What a test class at the [#shared] broker locks (`@ResourceLock`) where classes run side by side.
    public static final String SHARED = "the shared broker";

    private final String url;
    private final Optional<BrokerNode> node;

    private TestBroker(String url, Optional<BrokerNode> node) {
        this.url = url;
        this.node = node;
    }

    /// The broker that all harmless tests of this JVM share; closing it does nothing, it ends with the JVM.
    public static TestBroker shared() {
        return Shared.BROKER;
    }

    /// A node of its own, started; close it.
    public static TestBroker privateNode() {
        return privateNode(Map.of());
    }

    /// [#privateNode()] with lines of `rabbitmq.conf`: `consumer_timeout` to `3000`.
    public static TestBroker privateNode(Map<String, String> configuration) {
        return privateNode(configuration, List.of());
    }

    /// A node of its own with RabbitMQ's management page, which is served on loopback at `port`.
    public static TestBroker withManagementPage(int port) {
        return privateNode(
                Map.of(
                        "management.tcp.ip", "127.0.0.1",
                        "management.tcp.port", Integer.toString(port),
                        "cluster_name", "aerie"),
                List.of("rabbitmq_management"));
    }

    private static TestBroker privateNode(Map<String, String> configuration, List<String> plugins) {
        BrokerNode node = Engine.IMAGE
                .<BrokerNode>map(image -> container(image, configuration, plugins))
                .orElseGet(() -> installed(configuration, plugins));
        node.start();
        return new TestBroker(node.url(), Optional.of(node));
    }

    private static BrokerNode container(String image, Map<String, String> configuration, List<String> plugins) {
        TestPrograms.uses("RabbitMQ", "a container of " + image);
        return new ContainerNode(image, configuration, plugins);
    }

    private static BrokerNode installed(Map<String, String> configuration, List<String> plugins) {
        var node = new RabbitNode(configuration, plugins);
        TestPrograms.uses("RabbitMQ", node.description());
        return node;
    }

    /// `amqp://guest:guest@127.0.0.1:PORT/`
    public String url() {
        return url;
    }

    /// A started connection, which the caller closes.
    public BrokerConnection connect(String clientName) {
        var connection = new BrokerConnection(BrokerAddress.parse(url), clientName);
        connection.start();
        return connection;
    }

    /// Kills the node as a power cut would (SIGKILL); returns when it is gone.
    public void kill() {
        ownNode().kill();
    }

    /// Starts the node again on the same port with the data it had, and returns when it answers.
    public void restart() {
        ownNode().start();
    }

    /// Stops the node's processes without ending them (SIGSTOP), as a frozen machine.
    public void freeze() {
        ownNode().freeze();
    }

    /// Lets a frozen node go on.
    public void thaw() {
        ownNode().thaw();
    }

    @Override
    public void close() {
        if (this != Shared.BROKER) {
            node.ifPresent(BrokerNode::close);
        }
    }

    private BrokerNode ownNode() {
        return node.orElseThrow(() -> new IllegalStateException("this broker is not ours to harm"));
    }

    private static final class Shared {

        private static final TestBroker BROKER = choose();

        private static TestBroker choose() {
            String given = System.getenv("RABBITMQ_URL");
            if (given == null || given.isEmpty()) {
                return privateNode();
            }
            TestPrograms.uses("RabbitMQ", "the one of RABBITMQ_URL");
            return new TestBroker(given, Optional.empty());
        }
    }

    /// Asked once in a JVM.
    private static final class Engine {

        private static final Optional<String> IMAGE =
                LocalImage.find(ContainerNode.IMAGE_VARIABLE, ContainerNode.USUAL_IMAGE);
    }
}
