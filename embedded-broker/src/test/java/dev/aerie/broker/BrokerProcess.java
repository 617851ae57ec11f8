package dev.aerie.broker;

import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An [EmbeddedBroker] as it is used: in a process of its own that dies with its parent.
final class BrokerProcess implements AutoCloseable {

    private final Process process;
    private final String firstLine;

    private BrokerProcess(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    /// Starts one and returns when it has said its first line or ended.
    static BrokerProcess start(String... options) {
        return start(Map.of("BROKER_PASSWORD", "guest"), options);
    }

    static BrokerProcess start(Map<String, String> environment, String... options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedBroker.class.getName()));
        command.addAll(List.of(options));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            String line = process.inputReader().readLine();
            return new BrokerProcess(process, line == null ? "" : line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String firstLine() {
        return firstLine;
    }

    int port() {
        return Integer.parseInt(firstLine.replaceFirst("broker ready port=", ""));
    }

    Process process() {
        return process;
    }

    String url() {
        return "amqp://guest:guest@127.0.0.1:" + port() + "/";
    }

    BrokerConnection connect(String clientName) {
        var connection = new BrokerConnection(BrokerAddress.parse(url()), clientName);
        connection.start();
        return connection;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
