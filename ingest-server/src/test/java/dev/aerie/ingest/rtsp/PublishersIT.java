package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real programs publish to the server; what arrives is, NAL unit for NAL unit, what they were given.
class PublishersIT {

    private static RelayUnderTest relay;

    @BeforeAll
    static void open() throws Exception {
        relay = RelayUnderTest.open();
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({"tcp, h264", "udp, h264", "tcp, h265", "udp, h265"})
    void ffmpeg_publishes(String transport, String codec) throws Exception {
        assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed");
        String stream = "ffmpeg-" + transport + "-" + codec;
        try (var ffmpeg = Program.start(
                "ffmpeg",
                "-v",
                "error",
                "-re",
                "-r",
                "30",
                "-i",
                (isH265(codec) ? TestClip.h265GroupsFile() : TestClip.shortGroupsFile()).toString(),
                "-t",
                "2",
                "-c",
                "copy",
                "-f",
                "rtsp",
                "-rtsp_transport",
                transport,
                relay.url(stream))) {
            ffmpeg.expectExit(20);
        }
        var publication = expectClip(stream, codec);
        assertThat(publication.captureTimesNanos.getLast())
                .as("mapped by a sender report")
                .isPresent();
    }

    /// Its own end is not waited for: rtspclientsink 1.22 now and then hangs in its shutdown after its BYE.
    @ParameterizedTest
    @CsvSource({"tcp, h264", "udp, h264", "tcp, h265", "udp, h265"})
    void gstreamer_publishes(String transport, String codec) throws Exception {
        assumeTrue(
                Program.isInstalled("gst-launch-1.0") && Program.hasGstElement("rtspclientsink"),
                "gst-launch-1.0 or its rtspclientsink is not installed");
        String stream = "gst-" + transport + "-" + codec;
        try (var gstreamer = Program.start(
                "gst-launch-1.0",
                "-q",
                "-e",
                "filesrc",
                "location=" + (isH265(codec) ? TestClip.h265GroupsMp4() : TestClip.shortGroupsMp4()),
                "!",
                "qtdemux",
                "!",
                codec + "parse",
                "!",
                "identity",
                "sync=true",
                "eos-after=60",
                "!",
                "rtspclientsink",
                "location=" + relay.url(stream),
                "protocols=" + transport)) {
            RelayUnderTest.until(
                    "its publication", Duration.ofSeconds(15), () -> hasEnded(stream) || !gstreamer.isAlive());
        }
        expectClip(stream, codec);
    }

    private static boolean isH265(String codec) {
        return codec.equals("h265");
    }

    private static boolean hasEnded(String stream) {
        return relay.publications.all.stream()
                .anyMatch(publication -> publication.stream.equals(stream) && !publication.endedBy.isEmpty());
    }

    private static RecordedPublications.Recorded expectClip(String stream, String codec) throws Exception {
        var publication = relay.publications.all.stream()
                .filter(candidate -> candidate.stream.equals(stream))
                .findFirst()
                .orElseThrow();
        RelayUnderTest.until("the end", Duration.ofSeconds(30), () -> !publication.endedBy.isEmpty());
        assertThat(publication.units).hasSizeGreaterThan(35);
        List<AccessUnit> clip = isH265(codec) ? TestClip.h265Groups() : TestClip.shortGroups();
        for (int i = 0; i < publication.units.size(); i++) {
            var unit = publication.units.get(i);
            assertThat(slices(unit)).as("frame %d", i).isEqualTo(slices(clip.get(i)));
            assertThat(unit.isIdr()).isEqualTo(clip.get(i).isIdr());
            long ticks = unit.ptsTicks90k() - publication.units.getFirst().ptsTicks90k();
            assertThat(ticks).isBetween(i * 3000L - 5, i * 3000L + 5);
        }
        return publication;
    }

    private static List<Object> slices(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(nal -> nal.isSlice())
                .map(nal -> (Object) nal.bytes())
                .toList();
    }
}
