package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.cli.models.Publisher;
import dev.aerie.digest.Sha256;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetectorFetchTest {

    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void begin_publisherOffersIt_comesOnceAndSaysNothing() throws Exception {
        try (var publisher = new Publisher(WEIGHTS);
                var fetch = fetch(publisher.address())) {
            fetch.begin(false);
            await(fetch::takeArrived);

            assertThat(fetch.takeArrived()).isFalse();
            assertThat(store(publisher.address()).installed(model(publisher.address())))
                    .isPresent();
            assertThat(fetch.takeNews()).isEmpty();
        }
    }

    @Test
    void begin_installed_asksNobodyAndSaysNothing() throws Exception {
        Files.write(folder.resolve("yolox_nano.onnx"), WEIGHTS);
        try (var publisher = new Publisher(WEIGHTS);
                var fetch = fetch(publisher.address())) {
            fetch.begin(false);

            assertThat(publisher.ranges()).isEmpty();
            assertThat(fetch.takeNews()).isEmpty();
        }
    }

    @Test
    void begin_offline_asksNobodyAndSaysWhatRunsWithoutIt() throws Exception {
        try (var publisher = new Publisher(WEIGHTS);
                var fetch = fetch(publisher.address())) {
            fetch.begin(true);

            assertThat(publisher.ranges()).isEmpty();
            assertThat(fetch.takeNews())
                    .hasValue("detector   motion: moving objects are detected and tracked without class names, because"
                            + " yolox_nano is not installed; ./aerie models get yolox_nano, or nanodet");
            assertThat(fetch.takeNews()).as("a second time").isEmpty();
        }
    }

    @Test
    void begin_nobodyThere_saysSoInOneLineAndIsNotTriedAgainForADay() throws Exception {
        try (var fetch = fetch(deadAddress())) {
            fetch.begin(false);
            await(() -> fetch.takeNews()
                    .filter(line -> line.contains("cannot be fetched"))
                    .isPresent());
            assertThat(fetch.takeArrived()).isFalse();
        }
        try (var publisher = new Publisher(WEIGHTS);
                var next = fetch(publisher.address());
                var nextDay = fetch(publisher.address())) {
            now = now.plus(Duration.ofHours(23));
            next.begin(false);
            assertThat(next.takeNews()).get().asString().contains("could not be fetched less than a day ago");
            assertThat(publisher.ranges()).isEmpty();

            now = now.plus(Duration.ofHours(2));
            nextDay.begin(false);
            await(nextDay::takeArrived);
        }
    }

    @Test
    void close_whileNobodyAnswers_saysNothingMore() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var fetch = fetch("http://127.0.0.1:" + silent.getLocalPort() + "/file");
            fetch.begin(false);
            silent.accept();

            fetch.close();

            assertThat(fetch.takeArrived()).isFalse();
            assertThat(fetch.takeNews()).isEmpty();
        }
    }

    private DetectorFetch fetch(String source) {
        return new DetectorFetch(
                store(source), () -> now, new PrintStream(printed, true, StandardCharsets.UTF_8), false);
    }

    private ModelStore store(String source) {
        return new ModelStore(folder, new ModelManifest(List.of(model(source))));
    }

    private static Model model(String source) {
        return new Model(
                "yolox_nano",
                "a test",
                Model.Format.ONNX,
                WEIGHTS.length,
                Sha256.of(WEIGHTS),
                Optional.of(source),
                "MIT");
    }

    private static String deadAddress() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/file";
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Eventually.holds("the awaited state", LIMIT, condition);
    }
}
