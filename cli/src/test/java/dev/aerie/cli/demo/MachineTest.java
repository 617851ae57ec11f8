package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void freeSince_halfOfTheTimeIdle_isAHalf() {
        var before = Machine.Times.parse("cpu  100 0 50 800 50 0 0 0 7 0");
        var now = Machine.Times.parse("cpu  140 0 60 840 60 0 0 0 9 0");

        assertThat(now.freeSince(before)).isEqualTo(0.5);
    }

    @Test
    void freeSince_noTimePassed_isAll() {
        var times = Machine.Times.parse("cpu  1 2 3 4 5 6 7 8");

        assertThat(times.freeSince(times)).isEqualTo(1);
    }

    @Test
    void coresForDrawing_twoFreeCores_isAThirdOfThem() {
        assertThat(new Machine(2, 1).coresForDrawing()).isCloseTo(0.7, within(1e-9));
        assertThat(new Machine(2, 0.5).coresForDrawing()).isCloseTo(0.35, within(1e-9));
        assertThat(new Machine(2, 0).coresForDrawing()).isPositive();
    }

    @Test
    void look_thisMachine_hasCoresAndAShareOfThem() throws InterruptedException {
        var machine = Machine.look();

        assertThat(machine.cores()).isPositive();
        assertThat(machine.freeShare()).isBetween(0.0, 1.0);
    }
}
