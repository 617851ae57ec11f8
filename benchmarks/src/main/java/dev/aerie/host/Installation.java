package dev.aerie.host;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The checkout that `./aerie` stands in: what it has built, where it writes, how it runs Java.
public record Installation(Path root) {

    private static final List<String> JVM_FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /// The one `./aerie` has told this process about, by `-Daerie.root`; the working folder without it.
    public static Installation ofThisProcess() {
        return new Installation(
                Path.of(System.getProperty("aerie.root", ".")).toAbsolutePath().normalize());
    }

    public Path logs() {
        return root.resolve(".aerie").resolve("logs");
    }

    /// Where a demo records to.
    public Path archive() {
        return root.resolve(".aerie").resolve("archive");
    }

    /// Runs a service as `mvn package` left it (`ingest-server`, `frame-processor`), with the options of its
    /// `jvm.options`, which everybody who runs it uses.
    public List<String> serviceCommand(String service) {
        return serviceCommand(service, List.of());
    }

    /// - `jvmFlags`: more of them, which win over those of `jvm.options`
    public List<String> serviceCommand(String service, List<String> jvmFlags) {
        Path home = root.resolve(service);
        var command = new ArrayList<String>(List.of(javaProgram(), "@" + home.resolve("jvm.options")));
        command.addAll(jvmFlags);
        command.addAll(List.of(
                "-jar", home.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        return List.copyOf(command);
    }

    /// Runs the embedded AMQP broker on a port of the loopback interface, on a class path of its own; it ends when its
    /// standard input does.
    public List<String> brokerCommand(int port) {
        return brokerCommand(port, List.of());
    }

    /// - `jvmFlags`: more than those it always has
    public List<String> brokerCommand(int port, List<String> jvmFlags) {
        Path target = root.resolve("embedded-broker/target");
        String classPath = target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
        var flags = new ArrayList<String>(List.of("-Xmx256m"));
        flags.addAll(jvmFlags);
        return java(
                flags,
                List.of(
                        "-cp",
                        classPath,
                        "dev.aerie.broker.EmbeddedBroker",
                        "--port",
                        Integer.toString(port),
                        "--watch-parent"));
    }

    /// Runs a main class on the class path of this very process.
    public List<String> ownCommand(String mainClass, List<String> arguments) {
        return ownCommand(mainClass, List.of(), arguments);
    }

    public List<String> ownCommand(String mainClass, List<String> jvmFlags, List<String> arguments) {
        var tail = new ArrayList<String>(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        tail.addAll(arguments);
        return java(jvmFlags, tail);
    }

    /// Runs Java with the flags that every process needs that is no service.
    public List<String> java(List<String> jvmFlags, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(javaProgram());
        command.addAll(JVM_FLAGS);
        command.addAll(jvmFlags);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
