package dev.aerie.ingest.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ingest.live.BarcodeClip;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// 15 frames a second with an IDR frame each second, unless a test says otherwise.
final class HlsStreamTest {

    private static final int RATE = 15;
    private static final long FIRST = 1_000;

    private static List<AccessUnit> units = List.of();

    private final HlsStream stream = new HlsStream(FIRST, ByteBudget.ofProcess());

    @BeforeAll
    static void encode() throws Exception {
        units = BarcodeClip.encode(20 * RATE, RATE, RATE);
    }

    @Test
    void playlist_threeGroups_hasASegmentForEachAndItsParts() {
        units.subList(0, 3 * RATE + 8).forEach(stream::accept);

        String playlist = stream.playlist().orElseThrow();

        assertThat(playlist.lines().filter(line -> line.startsWith("#EXTINF:")))
                .containsExactly("#EXTINF:1.00000,", "#EXTINF:1.00000,", "#EXTINF:1.00000,");
        assertThat(playlist)
                .contains("#EXT-X-MEDIA-SEQUENCE:1000\n", "seg-1000.m4s\n", "seg-1002.m4s\n")
                .contains("#EXT-X-MAP:URI=\"init-1.mp4\"\n")
                .endsWith("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"part-1003-1.m4s\"\n");
        double ofLast = Pattern.compile("PART:DURATION=([0-9.]+),URI=\"part-1002-")
                .matcher(playlist)
                .results()
                .mapToDouble(part -> Double.parseDouble(part.group(1)))
                .peek(seconds -> assertThat(seconds).isLessThanOrEqualTo(HlsStream.PART_TARGET_SECONDS))
                .sum();
        assertThat(ofLast).isEqualTo(1, within(1e-3));
        assertThat(playlist.lines().filter(line -> line.contains("part-1002-0")))
                .allMatch(line -> line.endsWith(",INDEPENDENT=YES"));
    }

    @Test
    void bytes_segment_isItsPartsOneAfterTheOther() {
        units.subList(0, 2 * RATE).forEach(stream::accept);

        var whole = new ByteArrayOutputStream();
        int part = 0;
        for (var bytes = part(part); bytes.isPresent(); bytes = part(++part)) {
            whole.writeBytes(bytes.get());
        }

        assertThat(part).isGreaterThan(1);
        assertThat(stream.bytes(new HlsFile.Segment(FIRST))).contains(whole.toByteArray());
        assertThat(stream.bytes(new HlsFile.Init(1)).orElseThrow())
                .containsSubsequence("ftyp".getBytes(StandardCharsets.US_ASCII));
        assertThat(stream.bytes(new HlsFile.Segment(FIRST + 1))).isEmpty();
    }

    @Test
    void accept_beyondTheBudget_forgetsTheOldestAndGivesAllBackAtTheEnd() {
        var group =
                units.subList(0, RATE).stream().mapToLong(AccessUnit::sizeBytes).sum();
        var budget = new ByteBudget(5 * group / 2);
        var small = new HlsStream(FIRST, budget);
        units.subList(0, 10 * RATE).forEach(small::accept);

        assertThat(budget.taken()).isBetween(1L, 5 * group / 2);
        assertThat(small.playlist().orElseThrow()).contains("seg-1008.m4s").doesNotContain("seg-1005.m4s");

        small.leave();
        assertThat(budget.taken()).isZero();
        assertThat(small.playlist()).isEmpty();
    }

    @Test
    void accept_nothingLeftOfTheBudget_goesOnAtAnIdrFrameOnceThereIs() {
        var budget =
                new ByteBudget(units.stream().mapToLong(AccessUnit::sizeBytes).sum());
        var small = new HlsStream(FIRST, budget);
        assertThat(budget.take(units.stream().mapToLong(AccessUnit::sizeBytes).sum() - 100))
                .isTrue();
        units.subList(0, RATE + 3).forEach(small::accept);
        assertThat(small.playlist()).isEmpty();
        assertThat(budget.taken())
                .isEqualTo(units.stream().mapToLong(AccessUnit::sizeBytes).sum() - 100);

        budget.give(budget.taken());
        units.subList(RATE + 3, 4 * RATE + 8).forEach(small::accept);
        assertThat(small.playlist().orElseThrow()).contains("seg-1001.m4s");
        assertThat(budget.taken())
                .isEqualTo(units.subList(2 * RATE, 4 * RATE + 8).stream()
                        .mapToLong(AccessUnit::sizeBytes)
                        .sum());
    }

    @Test
    void accept_idrFramesFarApart_endsSegmentsWithinTheTarget() throws Exception {
        var sparse = BarcodeClip.encode(10 * RATE, RATE, 10 * RATE);
        sparse.forEach(stream::accept);

        assertThat(stream.playlist().orElseThrow().lines().filter(line -> line.startsWith("#EXTINF:")))
                .hasSize(2)
                .allMatch(line -> Double.parseDouble(line.substring(8, line.length() - 1)) <= HlsStream.TARGET_SECONDS);
    }

    @Test
    void accept_framesThatWereDropped_keepTheirTime() {
        units.subList(0, 4).forEach(stream::accept);
        units.subList(11, RATE + 1).forEach(stream::accept); // half a second without

        assertThat(stream.playlist().orElseThrow()).contains("#EXTINF:1.00000,\n");
    }

    @Test
    void accept_longerThanTheWindow_forgetsTheOldest() {
        units.forEach(stream::accept);

        assertThat(stream.playlist().orElseThrow()).contains("#EXT-X-MEDIA-SEQUENCE:1010\n");
        assertThat(stream.bytes(new HlsFile.Segment(FIRST + 9))).isEmpty();
    }

    @Test
    void join_publisherComesAgain_goesOnAfterADiscontinuity() {
        var relay = new Relay();
        var first = relay.open("drone");
        stream.join(first);
        units.subList(0, RATE + 3).forEach(first::publish);
        relay.close(first);
        var second = relay.open("drone");
        stream.join(second);
        units.subList(0, RATE + 1).forEach(second::publish);

        String playlist = stream.playlist().orElseThrow();

        assertThat(playlist).containsOnlyOnce("#EXT-X-DISCONTINUITY\n").contains("seg-1002.m4s");
        assertThat(playlist.indexOf("seg-1001.m4s")).isLessThan(playlist.indexOf("#EXT-X-DISCONTINUITY\n"));
        stream.leave();
        assertThat(second.readerCount()).isZero();
    }

    @Test
    void await_partToCome_isAnsweredByTheFrameThatEndsIt() {
        units.subList(0, RATE).forEach(stream::accept);
        var next = stream.await(FIRST, 2, 0);
        var segment = stream.await(FIRST, -1, 0);
        var far = stream.await(FIRST + 9, 0, 0);

        assertThat(next).isNotDone();
        assertThat(far).isCompletedWithValue(false);
        stream.accept(units.get(RATE));

        assertThat(next).isCompletedWithValue(true);
        assertThat(segment).isCompletedWithValue(true);
    }

    @Test
    void awaitFirst_noWholeSegmentYet_waitsForIt() {
        units.subList(0, RATE).forEach(stream::accept);
        var whole = stream.awaitFirst(0);

        assertThat(whole).isNotDone();
        stream.accept(units.get(RATE));

        assertThat(whole).isCompletedWithValue(true);
        assertThat(stream.awaitFirst(0)).isCompletedWithValue(true);
    }

    @Test
    void giveUp_nothingComes_answersWhoWaitsTooLong() {
        var early = stream.await(FIRST, 0, 10);
        var late = stream.await(FIRST, 0, 30);

        stream.giveUp(20);

        assertThat(early).isCompletedWithValue(false);
        assertThat(late).isNotDone();
    }

    @Test
    void accept_beforeTheFirstParameterSets_isNotShown() {
        units.subList(1, RATE).forEach(stream::accept);

        assertThat(stream.playlist()).isEmpty();
    }

    @Test
    void of_namesOfOthers_areNone() {
        assertThat(HlsFile.of("seg-7.m4s")).contains(new HlsFile.Segment(7));
        assertThat(HlsFile.of("part-7-2.m4s")).contains(new HlsFile.Part(7, 2));
        assertThat(List.of("seg-7-2.m4s", "part-7.m4s", "seg-07.m4s", "../seg-7.m4s", "init-1.m4s", ""))
                .allSatisfy(name -> assertThat(HlsFile.of(name)).isEmpty());
    }

    private Optional<byte[]> part(int index) {
        return stream.bytes(new HlsFile.Part(FIRST, index));
    }
}
