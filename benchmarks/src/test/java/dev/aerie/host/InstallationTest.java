package dev.aerie.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstallationTest {

    private final Installation installation = new Installation(Path.of(System.getProperty("aerie.root")));

    @ParameterizedTest
    @ValueSource(strings = {"ingest-server", "frame-processor", "slam-service", "storage-service", "ptz-service"})
    void serviceCommand_everyService_startsAJvmThatTakesTheOptionsShippedWithIt(String service) throws Exception {
        var command = new ArrayList<>(installation.serviceCommand(service));
        assertThat(command.get(1)).isEqualTo("@" + installation.root().resolve(service + "/jvm.options"));
        assertThat(run(command.subList(0, 2), "-XX:+PrintFlagsFinal", "-version"))
                .contains("MaxHeapSize");
    }

    @Test
    void serviceCommand_frameProcessor_hasAHeapThatLeavesRoomBelowAGigabyte() throws Exception {
        String flags =
                run(installation.serviceCommand("frame-processor").subList(0, 2), "-XX:+PrintFlagsFinal", "-version");
        long heap = flags.lines()
                .filter(line -> line.contains(" MaxHeapSize "))
                .map(line -> line.replaceAll(".*= *(\\d+).*", "$1"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
        assertThat(heap).isEqualTo(384L << 20);
    }

    private static String run(List<String> begin, String... end) throws IOException, InterruptedException {
        var command = new ArrayList<>(begin);
        command.addAll(List.of(end));
        Path output = Files.createTempFile("jvm", ".txt");
        try {
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String printed = Files.readString(output);
            assertThat(status).as(printed).isZero();
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
