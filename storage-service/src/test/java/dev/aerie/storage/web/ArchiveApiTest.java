package dev.aerie.storage.web;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Snapshots;
import dev.aerie.storage.catalog.Sql;
import dev.aerie.storage.messages.LabelIndex;
import dev.aerie.storage.messages.MessageArchive;
import dev.aerie.storage.segment.RecordingContext;
import dev.aerie.storage.segment.SegmentRegistrar;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.Playback;
import dev.aerie.storage.testing.Tool;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stream of 90 frames in three segments of a second each; a person in the first 30, a car in the last 30.
@QuarkusTest
@TestProfile(ArchiveApiTest.OwnFolder.class)
final class ArchiveApiTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);
    private static final String RECORDING = "/api/recordings/" + SESSION;

    @Inject
    RecordingContext context;

    @Inject
    SegmentRegistrar registrar;

    @Inject
    Catalog catalog;

    @Inject
    Segments segments;

    @Inject
    Snapshots snapshots;

    @Inject
    MessageArchive messageArchive;

    @Inject
    LabelIndex labels;

    public static final class OwnFolder implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "storage.path",
                                Files.createTempDirectory("aerie-archive").toString(),
                        "storage.rabbitmq-url", "amqp://guest:guest@127.0.0.1:1",
                        "storage.retention-free", "0");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void fill() throws InterruptedException, IOException {
        if (segmentsNow().size() == 3) {
            return;
        }
        FilledArchive.record(context, registrar, STREAM, SESSION, VIDEO.units(SESSION, 0, 90), Duration.ofSeconds(1));
        registrar.end(STREAM, SESSION);
        messageArchive.accept(
                IntStream.range(0, 90).mapToObj(ArchiveApiTest::result).toList());
        Eventually.holds("three segments", LIMIT, () -> segmentsNow().size() == 3);
        Eventually.holds("the messages are filed", LIMIT, () -> seen().size() == 2);
    }

    @Test
    @Timeout(60)
    void requests_thatMakeNoSense_areRefusedAndTheNextOneIsAnswered() {
        for (String at : List.of("1e300000000", "9".repeat(65), "-1E9", "99999999999999999999", "1e-300000000")) {
            given().queryParam("at", at)
                    .get("/api/streams/" + STREAM + "/snapshot")
                    .then()
                    .statusCode(400);
        }
        given().get("/api/recordings/%00/video").then().statusCode(anyOf(is(400), is(404)));
        given().get("/api/recordings").then().statusCode(200);
    }

    @Test
    void recordings_ofAStreamAndALabel_areDescribed() {
        given().queryParam("stream", STREAM)
                .get("/api/recordings")
                .then()
                .statusCode(200)
                .body("recordings[0].id", equalTo(SESSION))
                .body("recordings[0].frames", equalTo(90))
                .body("recordings[0].start", startsWith("2025-11-21T08:00:00"))
                .body("recordings[0].labels.label", contains("car", "person"));
        given().queryParam("label", "dog").get("/api/recordings").then().body("recordings", empty());
        given().get("/api/recordings/01K9JXW7Z3T4V5W6X7Y8Z9ZZZZ")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void segments_withAPerson_areThoseInWhichOneWasSeen() {
        given().queryParam("label", "person")
                .queryParam("from", "2025-11-21T08:00:00Z")
                .queryParam("to", "2025-11-21T09:00:00Z")
                .get("/api/segments")
                .then()
                .statusCode(200)
                .body("segments", hasSize(1))
                .body("segments[0].first_frame", equalTo(0));
        given().queryParam("from", "yesterday")
                .get("/api/segments")
                .then()
                .statusCode(400)
                .body("field", equalTo("from"));
    }

    @Test
    void video_byRanges_isTheSameAsAtOnceAndPlays() throws IOException {
        Response whole = given().get(RECORDING + "/video");
        assertThat(whole.statusCode()).isEqualTo(200);
        byte[] all = whole.asByteArray();
        assertThat(whole.header("Content-Length")).isEqualTo(Integer.toString(all.length));
        Response part = given().header("Range", "bytes=1000-4999")
                .header("If-Range", whole.header("ETag"))
                .get(RECORDING + "/video");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 1000-4999/" + all.length);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(all, 1000, 5000));
        assertThat(burnt(all)).isEqualTo(LongStream.range(0, 90).boxed().toList());
    }

    @Test
    void video_withConditions_isAnsweredAsHttpSays() {
        String tag = given().get(RECORDING + "/video").header("ETag");
        given().header("If-None-Match", tag).get(RECORDING + "/video").then().statusCode(304);
        given().header("Range", "bytes=0-9")
                .header("If-Range", "\"another\"")
                .get(RECORDING + "/video")
                .then()
                .statusCode(200);
        given().header("Range", "bytes=999999999-")
                .get(RECORDING + "/video")
                .then()
                .statusCode(416)
                .header("Content-Range", startsWith("bytes */"));
        given().head(RECORDING + "/video").then().statusCode(200).header("Accept-Ranges", "bytes");
    }

    @Test
    void hls_ofSomeTime_namesWhatIsThere() {
        String playlist = given().queryParam("from", "2025-11-21T08:00:00Z")
                .queryParam("to", "2025-11-21T09:00:00Z")
                .get("/api/streams/" + STREAM + "/hls.m3u8")
                .then()
                .statusCode(200)
                .contentType("application/vnd.apple.mpegurl")
                .extract()
                .asString();
        assertThat(playlist).endsWith("#EXT-X-ENDLIST\n");
        var media = playlist.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(media).isNotEmpty().allMatch(uri -> uri.startsWith("../../segments/"));
        String first = "/api" + media.getFirst().substring("../..".length());
        byte[] bytes = given().get(first)
                .then()
                .statusCode(200)
                .contentType("video/mp4")
                .extract()
                .asByteArray();
        assertThat(new String(bytes, 4, 4, UTF_8)).isEqualTo("moof");
        given().header("Range", "bytes=0-7").get(first).then().statusCode(206);
        given().get(first.substring(0, first.lastIndexOf('/')) + "/other.mp4")
                .then()
                .statusCode(404);
        given().get("/api/segments/01K9JXW7Z3T4V5W6X7Y8Z9ZZZZ/hls/init.mp4")
                .then()
                .statusCode(404);
        given().queryParam("last", 0)
                .get("/api/streams/" + STREAM + "/hls.m3u8")
                .then()
                .statusCode(400)
                .body("field", equalTo("last"));
        given().get("/api/streams/" + STREAM + "/hls.m3u8").then().statusCode(404); // nothing in the last hour
    }

    @Test
    void hls_ofSomeTime_isPlayedByFfmpeg(@TempDir Path home) throws Exception {
        String url = "http://127.0.0.1:" + RestAssured.port + "/api/streams/" + STREAM
                + "/hls.m3u8?from=2025-11-21T08:00:00Z&to=2025-11-21T09:00:00Z";

        String frames = Tool.require("ffprobe")
                .run(
                        home,
                        List.of(
                                "-v",
                                "error",
                                "-count_frames",
                                "-show_entries",
                                "stream=nb_read_frames",
                                "-of",
                                "csv=p=0",
                                url));

        assertThat(frames.lines().findFirst()).hasValue("90");
    }

    @Test
    void clip_fromMomentToMoment_showsThoseFrames() throws IOException {
        Response clip = given().queryParam("from", seconds(17))
                .queryParam("to", seconds(44))
                .queryParam("cut", "encode")
                .get("/api/streams/drone/clip");
        assertThat(clip.statusCode()).isEqualTo(200);
        assertThat(burnt(clip.asByteArray()))
                .isEqualTo(LongStream.range(17, 44).boxed().toList());
        given().queryParam("from", seconds(17))
                .queryParam("to", seconds(44))
                .get("/api/streams/drone/frames")
                .then()
                .body("frames", hasSize(27))
                .body("frames[0].frame_number", equalTo(17));
        given().queryParam("from", "1")
                .queryParam("to", "2")
                .get("/api/streams/drone/clip")
                .then()
                .statusCode(404);
        given().queryParam("from", "2")
                .queryParam("to", "1")
                .get("/api/streams/drone/clip")
                .then()
                .statusCode(400);
        given().get("/api/streams/drone/clip").then().statusCode(400).body("field", equalTo("from"));
    }

    @Test
    void clip_madeOverHttp_isAnnouncedOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            given().queryParam("from", seconds(17))
                    .queryParam("to", seconds(40))
                    .queryParam("cut", "idr")
                    .get("/api/streams/drone/clip")
                    .then()
                    .statusCode(200);
        }
        Eventually.holds("announced", LIMIT, () -> clipsAnnounced().size() == 1);
        var event = clipsAnnounced().getFirst();
        assertThat(event.event()).isEqualTo(RecordingEvent.Kind.WRITTEN);
        assertThat(event.recording()).isEqualTo(SESSION);
        assertThat(event.envelope().frameId()).isEqualTo(new FrameId(STREAM, SESSION, 10));
        assertThat(event.lastFrameNumber()).isEqualTo(39);
        assertThat(event.path()).startsWith("api/streams/drone/clip?from=").endsWith("&cut=idr");
        assertThat(event.sizeBytes()).isPositive();
        given().get("/" + event.path()).then().statusCode(200);
        assertThat(clipsAnnounced()).as("the address is the same clip").hasSize(1);
    }

    /// Of those with cut=idr, which no other test asks for.
    private List<RecordingEvent> clipsAnnounced() {
        try {
            return catalog
                    .query(connection -> new Sql("SELECT body FROM outbox WHERE exchange = ?")
                            .list(connection, row -> row.getBytes(1), Exchanges.RECORDING_EVENTS))
                    .stream()
                    .map(ArchiveApiTest::recordingEvent)
                    .filter(event -> event.item() == RecordingEvent.Item.CLIP)
                    .filter(event -> event.path().endsWith("idr"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordingEvent recordingEvent(byte[] body) {
        try {
            return Messages.read(RecordingEvent.class, body);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void snapshot_ofAMoment_isTheLastOneUpToThen() throws InterruptedException {
        Eventually.holds("snapshots", LIMIT, () -> snapshotsNow() > 0);
        Response still = given().queryParam("at", seconds(200)).get("/api/streams/drone/snapshot");
        assertThat(still.statusCode()).isEqualTo(200);
        assertThat(still.contentType()).isEqualTo("image/jpeg");
        assertThat(still.asByteArray()).startsWith(0xff, 0xd8);
        assertThat(still.header("Aerie-Session")).isEqualTo(SESSION);
        given().queryParam("at", "1").get("/api/streams/drone/snapshot").then().statusCode(404);
    }

    @Test
    void said_aboutSomeFrames_isTheMessagesOfTheBus() {
        String lines = given().queryParam("first", 10)
                .queryParam("last", 12)
                .get(RECORDING + "/messages")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(lines.lines()).hasSize(3).allMatch(line -> line.contains("\"label\":\"person\""));
    }

    @Test
    void timeline_ofAnHour_saysWhatWasRecordedAndSeen() {
        given().queryParam("from", "2025-11-21T07:30:00Z")
                .queryParam("to", "2025-11-21T08:30:00Z")
                .get("/api/streams/drone/timeline")
                .then()
                .statusCode(200)
                .body("minutes", hasSize(1))
                .body("minutes[0].start", equalTo("2025-11-21T08:00:00Z"))
                .body("minutes[0].labels.person", equalTo(30));
    }

    @Test
    void protect_thenRemove_isRefusedUntilItIsNoLongerProtected() throws IOException, InterruptedException {
        protect("{\"protected\": \"yes\"}").then().statusCode(422).body("field", equalTo("protected"));
        protect("{\"protected\": true}").then().statusCode(200).body("segments", equalTo(3));
        given().get(RECORDING).then().body("recording.protected_segments", equalTo(3));
        given().delete(RECORDING).then().statusCode(409).contentType("application/problem+json");
        protect("{\"protected\": false}").then().statusCode(200);
        String first = segmentsNow().getFirst().path();
        given().delete(RECORDING).then().statusCode(200).body("segments", equalTo(3));
        given().get("/api/recordings").then().body("recordings.id", not(hasItem(SESSION)));
        assertThat(context.root().resolve(first).getParent()).doesNotExist();
    }

    private static Response protect(String body) {
        return given().contentType("application/json").body(body).put(RECORDING + "/protect");
    }

    private static List<Long> burnt(byte[] mp4) throws IOException {
        Path file = Files.createTempFile("clip", ".mp4");
        try {
            Files.write(file, mp4);
            return Playback.of(STREAM, file).stream().map(Playback.Seen::burnt).toList();
        } finally {
            Files.delete(file);
        }
    }

    private List<Segment> segmentsNow() {
        try {
            return segments.of(STREAM, SESSION);
        } catch (IOException _) {
            return List.of(); // the index is not there yet
        }
    }

    private List<LabelIndex.LabelCount> seen() {
        try {
            return labels.ofRecording(STREAM, SESSION);
        } catch (IOException _) {
            return List.of(); // the index is not there yet
        }
    }

    private int snapshotsNow() {
        try {
            return snapshots.of(STREAM, SESSION).size();
        } catch (IOException _) {
            return 0;
        }
    }

    private static String seconds(int frame) {
        return BigDecimal.valueOf(VIDEO.stamp(SESSION, frame).captureTimeNanos(), 9)
                .toPlainString();
    }

    private static byte[] result(int frame) {
        String object = frame < 30 ? "person" : frame >= 60 ? "car" : "";
        String objects = object.isEmpty()
                ? ""
                : "{\"id\":1,\"label\":\"" + object + "\",\"score\":0.5,\"state\":\"confirmed\",\"bbox\":[1,2,3,4]}";
        return """
                {"schema":"aerie.frame_result/1","stream":"%s","session":"%s","frame_number":%d,"capture_time_ns":%d,\
                "clock":"sender","timestamp":1.5,"producer":{"service":"frame-processor","instance":"fp-1"},\
                "width":320,"height":180,"objects":[%s]}""".formatted(STREAM, SESSION, frame, VIDEO.stamp(SESSION, frame).captureTimeNanos(), objects)
                .getBytes(UTF_8);
    }
}
