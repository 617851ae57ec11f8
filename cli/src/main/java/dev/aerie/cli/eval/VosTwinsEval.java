package dev.aerie.cli.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.evaluation.vos.SimulatedVideo;
import dev.aerie.evaluation.vos.TwinsRun;
import dev.aerie.evaluation.vos.TwinsScore;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// `./aerie eval vos sim:twins`: whether a mask tracker keeps two people apart who look alike, when it admits only some
/// frames to memory, and when it admits all.
record VosTwinsEval(PrintStream out, boolean json) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEADING = "crossing                      J   on the other  lost";

    /// Opens trackers.
    @FunctionalInterface
    interface Opener {

        /// - `isSelective`: whether only some frames are admitted to memory
        MaskTracker.Factory open(boolean isSelective) throws ModelException;
    }

    /// - `source`: `sim:twins…`; `seeds`: of the worlds, `1..20`
    int run(String source, String seeds, Opener trackers) throws ModelException, JsonProcessingException {
        var flight = SimulatedSequence.parse(source);
        if (flight.scenario() != Scenario.TWINS) {
            throw new IllegalArgumentException("eval vos: without --auto the only flight is sim:twins, was " + source);
        }
        var report = JSON.createObjectNode();
        for (boolean isSelective : new boolean[] {true, false}) {
            try (var factory = trackers.open(isSelective)) {
                String name = isSelective ? "selective" : "all";
                out.println(HEADING + "   (" + factory.name() + ", admits " + name + ")");
                List<TwinsScore> scores = score(factory, flight, seeds);
                var sum = TwinsScore.of("sum", scores);
                print(sum);
                put(report.putObject(name), sum, scores);
                report.put("tracker", factory.name()).put("model", factory.model());
            }
        }
        if (json) {
            out.println(JSON.writeValueAsString(report));
        }
        return 0;
    }

    private List<TwinsScore> score(MaskTracker.Factory trackers, SimulatedSequence flight, String seeds)
            throws ModelException {
        var scores = new ArrayList<TwinsScore>();
        for (long seed : SeedRange.parse("eval vos", seeds)) {
            try (var video = SimulatedVideo.of(flight.withSeed(seed))) {
                scores.add(new TwinsRun(trackers).score(video));
                print(scores.getLast());
            }
        }
        return scores;
    }

    private void print(TwinsScore score) {
        out.println("%-24s  %5.3f  %13d  %4d".formatted(score.name(), score.j(), score.switched(), score.lost()));
    }

    private static void put(ObjectNode node, TwinsScore sum, List<TwinsScore> scores) {
        node.put("crossings", scores.size())
                .put("kept", scores.stream().filter(TwinsScore::isKept).count())
                .put("switched", sum.switched())
                .put("lost", sum.lost())
                .put("j", Math.round(sum.j() * 1e4) / 1e4);
    }
}
