package dev.aerie.messages.testing;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Docker images that tests take as they are: nothing is fetched, for where no registry is reached that costs minutes.
public final class LocalImage {

    private static final long LIMIT_SECONDS = 10;

    private LocalImage() {}

    /// The image that the variable names, else the usual one, if the Docker engine of this machine has it. Where no
    /// engine answers, this takes some milliseconds.
    public static Optional<String> find(String variable, String usual) {
        String named = System.getenv(variable);
        String image = named == null || named.isEmpty() ? usual : named;
        return engineIsHere() && has(image) && LocalContainer.canStart() ? Optional.of(image) : Optional.empty();
    }

    /// Ports of an engine elsewhere are not on this machine's loopback.
    private static boolean engineIsHere() {
        String host = System.getenv("DOCKER_HOST");
        return host == null || host.isEmpty() || host.startsWith("unix:");
    }

    private static boolean has(String image) {
        try {
            var docker = new ProcessBuilder("docker", "image", "inspect", "--format", "{{.Id}}", image)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!docker.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                docker.destroyForcibly();
                return false;
            }
            return docker.exitValue() == 0;
        } catch (IOException _) {
            return false; // no docker command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
