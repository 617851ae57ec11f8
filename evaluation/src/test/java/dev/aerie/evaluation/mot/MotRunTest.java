package dev.aerie.evaluation.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.evaluation.mot.MotTrackers.Setting;
import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.mot.OcSort;
import dev.aerie.vision.mot.OcSortConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MotRunTest {

    /// SORT and a plain ByteTrack on the same detections, by TrackEval.
    private static final double BYTE_TRACK_HOTA = 41.85;

    private static final double BYTE_TRACK_IDF1 = 54.27;

    @ParameterizedTest
    @ValueSource(strings = {"ocsort", "botsort"})
    void combined_onMot2015_isAheadOfAPlainByteTrack(String name) throws IOException {
        var trackers = MotTrackers.named(name);
        var runs = MotSequence.readAll(SharedData.require("data/mot15")).stream()
                .map(sequence -> MotRun.of(sequence, trackers.byDefault().get()))
                .toList();
        assertThat(MotRun.combined(runs).hota()).isGreaterThan(BYTE_TRACK_HOTA);
        assertThat(MotRun.combined(runs).idf1()).isGreaterThan(BYTE_TRACK_IDF1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ocsort", "botsort"})
    void leaveOneOut_onMot2015_isAheadOfAPlainByteTrack(String name) throws IOException {
        var sequences = MotSequence.readAll(SharedData.require("data/mot15"));
        var runs = MotLeaveOneOut.choose(sequences, MotTrackers.named(name).grid()).stream()
                .map(MotLeaveOneOut.Choice::run)
                .toList();
        assertThat(MotRun.combined(runs).hota()).isGreaterThan(BYTE_TRACK_HOTA);
        assertThat(MotRun.combined(runs).idf1()).isGreaterThan(BYTE_TRACK_IDF1);
    }

    @Test
    void grid_holdsTheDefaultsOfEachTracker() {
        assertThat(MotTrackers.all())
                .allSatisfy(trackers -> assertThat(trackers.grid()).hasSizeGreaterThan(1));
        assertThat(ByteTrackConfig.DEFAULT.withStrongMatches(0.8, 0.6)).isEqualTo(ByteTrackConfig.DEFAULT);
    }

    @Test
    void leaveOneOut_oneVideo_isRefused() {
        var setting = new Setting("default", () -> new OcSort(OcSortConfig.DEFAULT));
        var video = new MotSequence("walk", List.of(), List.of());
        assertThatThrownBy(() -> MotLeaveOneOut.choose(List.of(video), List.of(setting)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two videos");
    }

    @Test
    void read_seqinfo_givesTheSizeOfTheFrame(@TempDir Path folder) throws IOException {
        write(folder, "[Sequence]\nimWidth=640\nimHeight=480\n");
        assertThat(MotSequence.read(folder).frame()).contains(new FrameSize(640, 480));
    }

    @Test
    void read_brokenSeqinfo_saysWhatIsExpected(@TempDir Path folder) throws IOException {
        write(folder, "[Sequence]\nimWidth=wide\n");
        assertThatThrownBy(() -> MotSequence.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected imWidth and imHeight in pixels, was 'wide' and ''");
    }

    @Test
    void write_result_isMotChallengeText(@TempDir Path folder) throws IOException {
        var found = new MotBox(3, 7, new Box(10.25, -4, 50, 100.128), 0.9);
        var run = new MotRun(new MotSequence("walk", List.of(), List.of()), List.of(found), 3, 1);
        run.write(folder.resolve("walk.txt"));
        assertThat(folder.resolve("walk.txt")).hasContent("3,7,10.25,-4.00,50.00,100.13,0.9000,-1,-1,-1");
    }

    private static void write(Path folder, String seqinfo) throws IOException {
        Files.writeString(folder.resolve("det.txt"), "");
        Files.writeString(folder.resolve("gt.txt"), "");
        Files.writeString(folder.resolve("seqinfo.ini"), seqinfo);
    }
}
