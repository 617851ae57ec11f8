package dev.aerie.host;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The checkout of `./aerie`: build products, output folders, Java commands.
public record Installation(Path root) {

    private static final List<String> JVM_FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /// The checkout given by `-Daerie.root`; without it the working folder.
    public static Installation ofThisProcess() {
        return new Installation(
                Path.of(System.getProperty("aerie.root", ".")).toAbsolutePath().normalize());
    }

    public Path logs() {
        return root.resolve(".aerie").resolve("logs");
    }

    /// Archive of a demo.
    public Path archive() {
        return root.resolve(".aerie").resolve("archive");
    }

    /// Command of a packaged service (`ingest-server`, `frame-processor`) with the options of its `jvm.options`.
    public List<String> serviceCommand(String service) {
        return serviceCommand(service, List.of());
    }

    /// - `jvmFlags`: override those of `jvm.options`
    public List<String> serviceCommand(String service, List<String> jvmFlags) {
        Path home = root.resolve(service);
        var command = new ArrayList<String>(List.of(javaProgram(), "@" + home.resolve("jvm.options")));
        command.addAll(jvmFlags);
        command.addAll(List.of(
                "-jar", home.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        return List.copyOf(command);
    }

    /// Command of the embedded AMQP broker on a loopback port, with its own class path; it ends when its standard input
    /// closes.
    public List<String> brokerCommand(int port) {
        return brokerCommand(port, List.of());
    }

    /// - `jvmFlags`: in addition to the fixed ones
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

    /// Command of a main class on the class path of this process.
    public List<String> ownCommand(String mainClass, List<String> arguments) {
        return ownCommand(mainClass, List.of(), arguments);
    }

    public List<String> ownCommand(String mainClass, List<String> jvmFlags, List<String> arguments) {
        var tail = new ArrayList<String>(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        tail.addAll(arguments);
        return java(jvmFlags, tail);
    }

    /// Java command with the flags that all processes but the services need.
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
