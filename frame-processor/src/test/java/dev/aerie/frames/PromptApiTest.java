package dev.aerie.frames;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.Assignments;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.service.worker.StreamWorkers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people ask over HTTP while a stream runs, in a world of known truth.
@QuarkusTest
@TestProfile(FrameServiceTest.BrokerAway.class)
final class PromptApiTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "/api/streams/drone";
    private static final String ON_RED = "{\"label\": \"van\", \"box\": [20, 20, 40, 40]}";
    private static final int AT_ONCE = 320;
    private static final int PROMPTS_EACH = 32;

    @Inject
    StreamWorkers<FrameWorker> workers;

    @TestHTTPResource("/")
    URI address;

    private StreamAssignment assignment;

    @BeforeEach
    void takeTheStream() throws InterruptedException {
        assignment =
                Assignments.of(ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", ExampleMessages.SESSION));
        workers.assigned(assignment);
        Eventually.holds("frames", LIMIT, () -> known().get(STREAM + "/objects").statusCode() == 200);
    }

    @AfterEach
    void leaveIt() throws InterruptedException {
        workers.revoked(assignment);
        Eventually.holds("left", LIMIT, () -> workers.all().isEmpty());
    }

    @Test
    void prompt_box_isTrackedAndCanBeCorrectedAndRemoved() throws Exception {
        long object = prompt(ON_RED)
                .statusCode(200)
                .body("objects", hasSize(1))
                .body("objects[0].label", equalTo("van"))
                .body("objects[0].prompt", equalTo("box"))
                .body("objects[0].state", equalTo("confirmed"))
                .extract()
                .jsonPath()
                .getLong("objects[0].id");
        Eventually.holds(
                "in the results",
                LIMIT,
                () -> newest().jsonPath().getList("objects").size() == 1);
        newest().then()
                .body("objects[0].mask.size", equalTo(List.of(240, 320)))
                .body("objects[0].area", equalTo(1600f));

        prompt("{\"object\": %d, \"points\": [{\"x\": 210, \"y\": 130}, {\"x\": 5, \"y\": 5, \"positive\": false}]}"
                        .formatted(object))
                .statusCode(200)
                .body("objects[0].id", equalTo((int) object))
                .body("objects[0].bbox[0]", equalTo(200f));

        known().delete(STREAM + "/prompts/" + object).then().statusCode(204);
        known().delete(STREAM + "/prompts/" + object)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString(Long.toString(object)));
    }

    @Test
    void prompt_onAPictureInThePast_isTakenThereWhileItIsKept() throws Exception {
        Eventually.holds("taken while it is kept", LIMIT, () -> {
            long number = newest().jsonPath().getLong("frame_number");
            var asked = "{\"frame_number\": %d, \"points\": [{\"x\": 40, \"y\": 40}]}".formatted(number);
            return prompt(asked).extract().statusCode() == 200;
        });
        Eventually.holds(
                "many frames", LIMIT, () -> newest().jsonPath().getLong("frame_number") > ScriptedWiring.BUFFERED + 5);
        prompt("{\"frame_number\": 0, \"prompts\": [%s]}".formatted(ON_RED))
                .statusCode(409)
                .body("field", equalTo("frame_number"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": 40, \"y\": 40}",
                "{\"prompts\": [{\"x\": 40, \"y\": 40, \"positive\": true}]}",
                "{\"box\": {\"x_min\": 20, \"y_min\": 20, \"x_max\": 60, \"y_max\": 60}}",
            })
    void prompt_asOtherDocumentsWriteIt_isTakenForOurs(String body) throws Exception {
        Eventually.holds("taken", LIMIT, () -> prompt(body).extract().statusCode() == 200);
        Eventually.holds(
                "followed", LIMIT, () -> newest().jsonPath().getList("objects").size() == 1);
    }

    @ParameterizedTest
    @CsvSource({"automatic, image", "interactive, video", "tracking, video", "off, off"})
    void mode_byTheWordsOfOtherDocuments_isOneOfOurs(String word, String mode) {
        known().body("{\"mode\": \"" + word + "\"}")
                .put(STREAM + "/mode")
                .then()
                .statusCode(200)
                .body("mode", equalTo(mode));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"x": 40}                                                  | 422 | x
            {"box": {"x_min": 20, "y_min": 20, "x_max": 10, "y_max": 60}} | 422 | x_min
            {"box": {"left": 20}}                                      | 422 | x_min
            {"points": [{"x": 320, "y": 40}]}                          | 422 | points
            {"box": [300, 20, 40, 40]}                                 | 422 | box
            {"box": [1, 2, 3]}                                         | 422 | box
            {"mask": {"size": [10, 10], "counts": "`3"}}               | 422 | mask
            {"object": 77, "box": [20, 20, 40, 40]}                    | 404 | 77
            {"points": [{"x": 300, "y": 200}]}                         | 409 | prompts
            {"points": [{"x": 40, "y": 40, "positive": false}]}        | 422 | points
            {"frame_number": -1, "box": [20, 20, 40, 40]}              | 422 | frame_number
            {"frame_number": 999999999999, "object": 77, "box": [20, 20, 4, 4]} | 404 | 77
            {"label": "van"}                                           | 422 | prompts
            {"prompts": []}                                            | 422 | prompts
            {"text": "red car."}                                       | 501 | no text detector
            {"text": ""}                                               | 422 | text
            """)
    void prompt_invalid_isAProblemWithTheCause(String body, int status, String words) {
        prompt(body).statusCode(status).contentType("application/problem+json").body(containsString(words));
        newest().then().body("objects", hasSize(0));
    }

    @Test
    void prompt_tenThousandAtOnce_areAnsweredOrRefusedAndTheStreamGoesOn() throws Exception {
        String prompts = String.join(",", Collections.nCopies(PROMPTS_EACH, ON_RED));
        var request = HttpRequest.newBuilder(address.resolve(STREAM + "/prompts"))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("ops:secret".getBytes(StandardCharsets.UTF_8)))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompts\": [" + prompts + "]}"))
                .build();
        long before = newest().jsonPath().getLong("frame_number");
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(
                        client.sendAsync(request, BodyHandlers.discarding()).thenApply(answer -> answer.statusCode()));
            }
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get()).isIn(409, 429, 503); // more objects than are followed; too many wait
            }
        }
        Eventually.holds("goes on", LIMIT, () -> newest().jsonPath().getLong("frame_number") > before + 20);
        prompt(ON_RED).statusCode(200);
    }

    @Test
    void prompt_whileTheModeIsOff_isAConflict() {
        known().body("{\"mode\": \"off\"}").put(STREAM + "/mode").then().statusCode(200);
        prompt(ON_RED).statusCode(409).body("detail", containsString("off"));
        known().body("{\"mode\": \"video\"}").put(STREAM + "/mode").then().statusCode(200);
        prompt(ON_RED).statusCode(200);
    }

    @Test
    void strategy_changedWhileTheStreamRuns_isToldAndStays() {
        String first = known().get(STREAM).then().statusCode(200).extract().path("strategy");
        assertThat(first).isEqualTo("detector");

        strategy("{\"strategy\": \"hybrid\"}").statusCode(200).body("strategy", equalTo("hybrid"));
        known().get(STREAM)
                .then()
                .body("strategy", equalTo("hybrid"), "mode", equalTo("video"), "tracker", equalTo("bilateral"))
                .body("detector", equalTo("motion"), "detector_cause", equalTo("DETECTOR=motion"))
                .body("labels", hasSize(0));
        known().get("/api/streams/other").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"strategy": "magic"}                   | 422 | auto_grid, motion
            {}                                      | 422 | strategy
            {"strategy": "text", "text": ""}        | 422 | text
            {"strategy": "text", "text": "car."}    | 501 | ./aerie models get yolox_nano
            {"text": "car."}                        | 501 | TEXT_MODEL_DIR
            """)
    void strategy_notAvailable_isAProblemThatNamesWhatIsMissing(String body, int status, String words) {
        strategy(body)
                .statusCode(status)
                .contentType("application/problem+json")
                .body(containsString(words));
        known().get(STREAM).then().body("strategy", equalTo("detector"));
    }

    @Test
    void crop_ofATrackedObject_isAnImageAndAnEnhancedOne() throws Exception {
        long object = prompt(ON_RED).statusCode(200).extract().jsonPath().getLong("objects[0].id");
        String frames = STREAM + "/objects/" + object;
        Eventually.holds("cut out", LIMIT, () -> known().get(frames + "/crop").statusCode() == 200);
        for (String kind : new String[] {"/crop", "/enhanced"}) {
            byte[] jpeg = known().get(frames + kind)
                    .then()
                    .statusCode(200)
                    .contentType("image/jpeg")
                    .extract()
                    .asByteArray();
            assertThat(jpeg).startsWith(0xff, 0xd8).hasSizeGreaterThan(300);
        }
        known().get(STREAM + "/objects/77/crop").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void segment_newestFrame_isDividedIntoMasks() {
        known().body("{}")
                .post(STREAM + "/segment")
                .then()
                .statusCode(200)
                .body("width", equalTo(320))
                .body("masks", hasSize(1))
                .body("masks[0].area", equalTo(1600))
                .body("masks[0].bbox[0]", equalTo(20f))
                .body("masks[0].mask.size", equalTo(List.of(240, 320)));
        known().body("{\"frame_number\": -1}").post(STREAM + "/segment").then().statusCode(422);
        known().body("{}").post("/api/streams/other/segment").then().statusCode(404);
    }

    @Test
    void mode_segment_publishesTheMasksOfWholeFramesWithoutIdentity() throws Exception {
        known().body("{\"mode\": \"segment\"}")
                .put(STREAM + "/mode")
                .then()
                .statusCode(200)
                .body("mode", equalTo("segment"));
        Eventually.holds(
                "segmented", LIMIT, () -> "segment".equals(newest().jsonPath().getString("objects[0].prompt")));
        newest().then()
                .body("objects", hasSize(1))
                .body("objects[0].label", equalTo("segment"))
                .body("objects[0].state", equalTo("tentative"))
                .body("objects[0].area", equalTo(1600f))
                .body("tracker", equalTo("none"))
                .body("producer.model", equalTo("truth"));
        prompt(ON_RED).statusCode(409).body("field", equalTo("mode"));
    }

    @Test
    void overlay_requestedAndEnded_isAnswered() {
        known().body("{\"seconds\": 1}")
                .put(STREAM + "/overlay")
                .then()
                .statusCode(200)
                .body("stream", equalTo("drone/overlay"));
        known().body("{\"seconds\": 0}").put(STREAM + "/overlay").then().statusCode(422);
        known().delete(STREAM + "/overlay").then().statusCode(204);
        known().body("{}").put("/api/streams/other/overlay").then().statusCode(404);
    }

    private static Response newest() {
        return known().get(STREAM + "/objects");
    }

    private static ValidatableResponse prompt(String body) {
        return known().body(body).post(STREAM + "/prompts").then();
    }

    private static ValidatableResponse strategy(String body) {
        return known().body(body).put(STREAM + "/strategy").then();
    }

    private static RequestSpecification known() {
        return given().auth().preemptive().basic("ops", "secret").contentType("application/json");
    }
}
