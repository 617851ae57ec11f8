package dev.aerie.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URL;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.port.AmqpPort;
import org.jspecify.annotations.Nullable;

/// Qpid Broker-J on loopback, AMQP 0-9-1; in memory only. Its user is `guest`, with the password from
/// `BROKER_PASSWORD`; without one it makes up a password that nobody learns.
///
/// A separate process, because it needs other library versions than the fleet:
///
/// ```
/// java -cp 'embedded-broker-*.jar:lib/*' dev.aerie.broker.EmbeddedBroker [--port N] [--watch-parent]
/// ```
///
/// - `--port N`: its port; 0, the default, takes a free one
/// - `--watch-parent`: ends when its standard input does, that is, when its parent dies
///
/// Prints `broker ready port=N` when it listens. Ends in order on SIGTERM; exits 1 if it
/// cannot start, 2 for a wrong option.
public final class EmbeddedBroker {

    private static final String PORT_PROPERTY = "aerie.broker.port";
    private static final String PASSWORD_PROPERTY = "aerie.broker.password";
    private static final String PASSWORD_VARIABLE = "BROKER_PASSWORD";
    private static final int PASSWORD_BITS = 128;

    /// Strongly referenced, because an unreferenced logger loses its level.
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private EmbeddedBroker() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        ROOT_LOGGER.setLevel(Level.WARNING);
        try {
            System.out.println("broker ready port=" + start(options.port()));
        } catch (Exception e) {
            System.err.println("broker cannot start port=" + options.port() + " cause=" + e.getMessage());
            System.exit(1);
        }
        if (options.watchParent()) {
            awaitEnd(System.in);
            System.exit(0);
        }
    }

    /// Starts the broker in this process, to be shut down with the JVM; returns the port that it listens on.
    private static int start(int port) throws Exception {
        System.setProperty(PORT_PROPERTY, Integer.toString(port));
        System.setProperty(PASSWORD_PROPERTY, password(System.getenv().getOrDefault(PASSWORD_VARIABLE, "")));
        var startup = new Startup();
        var launcher = new SystemLauncher(startup);
        Runtime.getRuntime().addShutdownHook(new Thread(launcher::shutdown, "shutdown"));
        URL configuration = Objects.requireNonNull(EmbeddedBroker.class.getResource("/broker.json"), "broker.json");
        launcher.startup(Map.of(
                SystemConfig.TYPE,
                "Memory",
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                configuration.toString(),
                SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                false));
        return startup.boundPort();
    }

    private static String password(String given) {
        return given.isEmpty()
                ? new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX)
                : given;
    }

    private static void awaitEnd(InputStream input) throws IOException {
        input.transferTo(OutputStream.nullOutputStream());
    }

    private record Options(int port, boolean watchParent) {

        private static final String USAGE = "usage: EmbeddedBroker [--port 0..65535] [--watch-parent]";

        static Options parse(String[] arguments) {
            int port = 0;
            boolean watchParent = false;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--watch-parent" -> watchParent = true;
                    case "--port" -> port = port(++i < arguments.length ? arguments[i] : "");
                    default -> throw new IllegalArgumentException(USAGE);
                }
            }
            return new Options(port, watchParent);
        }

        private static int port(String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
                throw new IllegalArgumentException(USAGE);
            }
            return Integer.parseInt(text);
        }
    }

    /// The broker's start-up messages.
    private static final class Startup extends SystemLauncherListener.DefaultSystemLauncherListener {

        private final AtomicReference<@Nullable SystemConfig<?>> system = new AtomicReference<>();
        private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

        @Override
        public void onContainerResolve(SystemConfig<?> systemConfig) {
            system.set(systemConfig);
        }

        @Override
        public void errorOnStartup(RuntimeException e) {
            failure.set(e);
        }

        int boundPort() {
            RuntimeException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
            SystemConfig<?> started = Objects.requireNonNull(system.get(), "the broker did not start");
            for (Object child : started.getContainer().getChildren(Port.class)) {
                if (child instanceof AmqpPort<?> port && port.getBoundPort() > 0) {
                    return port.getBoundPort();
                }
            }
            throw new IllegalStateException("the port cannot be bound");
        }
    }
}
