package dev.aerie.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What one replica of a service is called in its messages, in its queues' names and on the broker's page: `INSTANCE`,
/// else the host's name, which differs from container to container.
///
/// Processes that share a host's name share its ports as well, so a port other than the service's usual one is part of
/// the name (`laptop-6002`); where the system chooses the port, the process's number stands in for it.
public final class InstanceName {

    /// The form of a name that an operator gives.
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private static final int MAX_CHARACTERS = 63;
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String NAMELESS = "host";

    private InstanceName() {}

    /// - `given`: what `INSTANCE` says
    /// - `port`: where this process serves HTTP; 0 for one that the system chooses
    /// - `defaultPort`: where its service does so by default
    public static String of(Optional<String> given, int port, int defaultPort) {
        return given.orElseGet(
                () -> of(hostName(), port, defaultPort, ProcessHandle.current().pid()));
    }

    /// Of a command that runs for a while beside others of its kind: `laptop-4711`.
    public static String ofCommand() {
        return of(hostName(), 0, -1, ProcessHandle.current().pid());
    }

    static String of(String host, int port, int defaultPort, long pid) {
        String ending = port == defaultPort ? "" : "-" + (port == 0 ? pid : port);
        String plain = host.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
        String named = plain.isEmpty() ? NAMELESS : plain;
        return named.substring(0, Math.min(named.length(), MAX_CHARACTERS - ending.length())) + ending;
    }

    /// The name that this machine, or container, has given itself.
    public static String hostName() {
        try {
            return Files.readString(LINUX_HOST_NAME).strip();
        } catch (IOException _) {
            return hostName(System.getenv());
        }
    }

    private static String hostName(Map<String, String> environment) {
        String said = environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
        if (!said.isEmpty()) {
            return said;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return NAMELESS;
        }
    }
}
