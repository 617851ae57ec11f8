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
/// that a test may kill. Both need Debian's `rabbitmq-server`, or fail with one line that says so. (A broker in Docker
/// is reached by `RABBITMQ_URL`.)
public final class TestBroker implements AutoCloseable {

    /// What a test class at the [#shared] broker locks (`@ResourceLock`) where classes run side by side.
    public static final String SHARED = "the shared broker";

    private final String url;
    private final Optional<RabbitNode> node;

    private TestBroker(String url, Optional<RabbitNode> node) {
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
        var node = new RabbitNode(configuration, plugins);
        node.start();
        return new TestBroker(node.url(), Optional.of(node));
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
        ownNode().signal("STOP");
    }

    /// Lets a frozen node go on.
    public void thaw() {
        ownNode().signal("CONT");
    }

    @Override
    public void close() {
        if (this != Shared.BROKER) {
            node.ifPresent(RabbitNode::close);
        }
    }

    private RabbitNode ownNode() {
        return node.orElseThrow(() -> new IllegalStateException("this broker is not ours to harm"));
    }

    private static final class Shared {

        private static final TestBroker BROKER = choose();

        private static TestBroker choose() {
            String given = System.getenv("RABBITMQ_URL");
            return given != null && !given.isEmpty() ? new TestBroker(given, Optional.empty()) : privateNode();
        }
    }
}
