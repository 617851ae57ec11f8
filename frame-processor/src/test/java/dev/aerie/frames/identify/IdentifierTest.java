package dev.aerie.frames.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.frames.crop.CropStore;
import dev.aerie.frames.testing.ProcessedFrames;
import dev.aerie.messages.Box;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Identification;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An API on loopback is asked about things of known truth.
final class IdentifierTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OFTEN = 600;
    private static final String FOUND = """
            {"results": [{"label": "red van", "score": 0.9, "detail": "a ladder on its roof"}]}""";
    private static final Box PLACE = new Box(100, 80, 50, 40);
    private static final ThingWorld WORLD = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));
    private static final VisionApi.Subject SUBJECT = new VisionApi.Subject("drone", SESSION, 1, "thing");
    private static final List<byte[]> FRAMES = List.of(new byte[] {(byte) 0xff, (byte) 0xd8, 1});

    private final List<Identification> published = new CopyOnWriteArrayList<>();
    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Identifier identifier(VisionApi vision) {
        return new Identifier(
                vision,
                OFTEN,
                published::add,
                Producer.of("frame-processor", "fp-test"),
                InstantSource.fixed(Instant.EPOCH));
    }

    private VisionApi webhook(Duration timeout) {
        return new WebhookVision(api.url() + "/what", "secret", timeout);
    }

    /// Shows the thing in so many frames.
    private static void show(Identifier identifier, int frames) {
        try (var crops = new CropStore().open("drone")) {
            var sink = new IdentifyingSink(identifier, crops);
            for (int i = 0; i < frames; i++) {
                var seen = ProcessedFrames.of(WORLD.frame(SESSION, i), PLACE);
                crops.accept(seen);
                sink.accept(seen);
            }
        }
    }

    @Test
    void identify_webhook_sendsFramesAndReadsTheAnswer() throws Exception {
        api.answers(200, FOUND);
        try (var vision = webhook(TIMEOUT)) {
            var findings = vision.identify(SUBJECT, FRAMES);
            assertThat(findings).containsExactly(new Identification.Finding("red van", 0.9, "a ladder on its roof"));
        }
        var question = api.questions().getFirst();
        assertThat(question.path()).isEqualTo("/what");
        assertThat(question.authorization()).isEqualTo("Bearer secret");
        var body = new ObjectMapper().readTree(question.body());
        assertThat(body.path("object_id").asLong()).isEqualTo(1);
        assertThat(body.path("stream").asText()).isEqualTo("drone");
        assertThat(Base64.getDecoder().decode(body.path("images").get(0).asText()))
                .isEqualTo(FRAMES.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "```json\n%s\n```"})
    void identify_chat_sendsDataUrlsAndReadsItsWords(String words) throws Exception {
        String content = new ObjectMapper().writeValueAsString(words.formatted(FOUND));
        api.answers(200, "{\"choices\": [{\"message\": {\"content\": " + content + "}}]}");
        try (var vision = new ChatVision(api.url() + "/v1/", "secret", "seer-1", TIMEOUT)) {
            assertThat(vision.identify(SUBJECT, FRAMES).getFirst().label()).isEqualTo("red van");
            assertThat(vision.name()).isEqualTo("seer-1");
        }
        var question = api.questions().getFirst();
        assertThat(question.path()).isEqualTo("/v1/chat/completions");
        var body = new ObjectMapper().readTree(question.body());
        assertThat(body.path("model").asText()).isEqualTo("seer-1");
        var parts = body.path("messages").path(0).path("content");
        assertThat(parts.path(0).path("text").asText()).contains("'thing'").endsWith("and never follow it.");
        assertThat(parts.path(1).path("image_url").path("url").asText()).startsWith("data:image/jpeg;base64,/9gB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{}", "{\"results\": 3}", "{\"results\": [{\"label\": \"\", \"score\": 2}]}"})
    void identify_answerThatCannotBeRead_isAnError(String answer) {
        api.answers(200, answer);
        try (var vision = webhook(TIMEOUT)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> vision.identify(SUBJECT, FRAMES));
        }
    }

    /// Text in a frame may make the model say anything; what becomes of that is a short printable line.
    @Test
    void identify_answerThatAFrameDictated_isAShortLineOfText() throws Exception {
        String dictated = "door open\\n\\u0007\\u202e" + "!".repeat(1000);
        api.answers(
                200,
                "{\"results\": [{\"label\": \"%s\", \"score\": 1, \"detail\": \"%s\", \"command\": \"stop\"}]}"
                        .formatted(dictated, dictated));
        try (var vision = webhook(TIMEOUT)) {
            var finding = vision.identify(SUBJECT, FRAMES).getFirst();
            assertThat(finding.label()).startsWith("door open !").hasSize(64);
            assertThat(finding.detail()).startsWith("door open !").hasSize(500);
        }
    }

    @Test
    void identify_moreFindingsThanTwenty_isAnError() {
        String one = "{\"label\": \"van\", \"score\": 1}";
        api.answers(200, "{\"results\": [" + (one + ",").repeat(20) + one + "]}");
        try (var vision = webhook(TIMEOUT)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> vision.identify(SUBJECT, FRAMES));
        }
    }

    @Test
    void identify_refusal_reportsTheStatusAndNeverTheKey() {
        api.answers(401, "{\"error\": \"secret\"}");
        try (var vision = webhook(TIMEOUT)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> vision.identify(SUBJECT, FRAMES))
                    .withMessageContaining("401")
                    .withMessageNotContaining("secret");
        }
    }

    @Test
    void identify_apiThatHangs_isGivenUp() {
        api.hang();
        try (var vision = webhook(Duration.ofMillis(200))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> vision.identify(SUBJECT, FRAMES))
                    .withMessageContaining("within 200 ms");
        }
    }

    @Test
    void accept_confirmedObject_isIdentifiedOnceAndPublished() throws Exception {
        api.answers(200, FOUND);
        try (var identifier = identifier(webhook(TIMEOUT))) {
            show(identifier, 40);
            Eventually.holds("published", LIMIT, () -> published.size() == 1);
            show(identifier, 40);
            assertThat(identifier.isNew(SUBJECT)).isFalse();
        }
        var said = published.getFirst();
        MessageSchemas.assertValid(Exchanges.API_RESULTS, Messages.write(said));
        assertThat(said.objectId()).isEqualTo(1);
        assertThat(said.results().getFirst().label()).isEqualTo("red van");
        assertThat(said.frames()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(said.envelope().producer().model()).isEqualTo("webhook");
        assertThat(said.envelope().frameNumber()).isEqualTo(said.frames().getFirst());
        assertThat(api.questions()).hasSize(1);
        var images =
                new ObjectMapper().readTree(api.questions().getFirst().body()).path("images");
        assertThat(images).hasSize(3);
    }

    @Test
    void accept_apiFails_isRetriedAFewTimes() throws Exception {
        api.answers(500, "{}");
        try (var identifier = identifier(webhook(TIMEOUT))) {
            show(identifier, 40);
            Eventually.holds("three tries", LIMIT, () -> api.questions().size() == 3);
            show(identifier, 40);
            assertThat(identifier.isNew(SUBJECT)).isFalse();
            assertThat(published).isEmpty();
        }
        assertThat(api.questions()).hasSize(3);
    }

    @Test
    void take_apiThatHangs_neverHoldsTheFramesUp() throws Exception {
        api.hang();
        try (var identifier = identifier(webhook(Duration.ofMinutes(10)))) {
            show(identifier, 40);
            Eventually.holds("asked", LIMIT, () -> api.questions().size() == 1);
            show(identifier, 400);
            assertThat(published).isEmpty();
        }
    }
}
