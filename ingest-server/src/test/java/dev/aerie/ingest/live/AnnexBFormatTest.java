package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Ulid;
import org.junit.jupiter.api.Test;

final class AnnexBFormatTest {

    @Test
    void encode_stampedFrame_namesItInTheHeader() {
        var unit = TestUnits.unit(7, 30);

        var payloads = new AnnexBFormat("drone").encode(unit);

        assertThat(payloads).hasSize(1);
        var bytes = ((WebSocketMessage.Binary) payloads.getFirst()).bytes();
        assertThat(bytes.get()).as("version").isEqualTo((byte) 1);
        assertThat(bytes.get()).as("flags").isZero();
        assertThat(new Ulid(bytes.getLong(), bytes.getLong()).toString()).isEqualTo(TestUnits.SESSION);
        assertThat(bytes.getLong()).as("frame number").isEqualTo(7);
        assertThat(bytes.getLong()).as("capture time").isEqualTo(1_007);
        assertThat(bytes).isEqualTo(unit.annexB());
    }
}
