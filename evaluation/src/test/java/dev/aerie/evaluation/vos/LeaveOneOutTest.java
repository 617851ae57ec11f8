package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.evaluation.vos.LeaveOneOut.Candidate;
import dev.aerie.evaluation.vos.LeaveOneOut.Choice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LeaveOneOutTest {

    @Test
    void choose_settingsGoodOnlyOnOneVideo_areNotChosenForIt() {
        var overfit = candidate("overfit", 0.1, 0.1, 1.0);
        var steady = candidate("steady", 0.5, 0.5, 0.5);

        var choices = LeaveOneOut.choose(List.of(overfit, steady));

        assertThat(choices).extracting(Choice::settings).containsExactly("overfit", "overfit", "steady");
        assertThat(choices).extracting(choice -> choice.score().j()).containsExactly(0.1, 0.1, 0.5);
    }

    @Test
    void choose_settingsThatDidAsWell_takesTheOnesTriedFirst() {
        var choices = LeaveOneOut.choose(List.of(candidate("first", 0.5, 0.5), candidate("second", 0.5, 0.5)));

        assertThat(choices).extracting(Choice::settings).containsOnly("first");
    }

    @Test
    void choose_oneVideo_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LeaveOneOut.choose(List.of(candidate("only", 0.5))));
    }

    private static Candidate candidate(String name, double... js) {
        return new Candidate(
                name,
                IntStream.range(0, js.length)
                        .mapToObj(i -> new VosScore("video " + i, js[i], 0, 10))
                        .toList());
    }
}
