package dev.aerie.digest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The digests expected are those of FIPS 180-2, appendix B.
final class Sha256Test {

    private static final Sha256 OF_ABC = new Sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    private static final Sha256 OF_MILLION =
            new Sha256("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");

    @TempDir
    private Path folder;

    @Test
    void of_bytes_isThatOfTheStandard() {
        assertThat(Sha256.of("abc".getBytes(US_ASCII))).isEqualTo(OF_ABC);
        assertThat(Sha256.of(million())).isEqualTo(OF_MILLION);
    }

    @Test
    void of_streamAndFileLongerThanTheBuffer_isThatOfTheirBytes() throws IOException {
        Path file = Files.write(folder.resolve("million"), million());

        assertThat(Sha256.of(file)).isEqualTo(OF_MILLION);
        assertThat(Sha256.of(new ByteArrayInputStream(million()))).isEqualTo(OF_MILLION);
    }

    @Test
    void sum_pieces_isThatOfTheWhole() {
        var sum = new Sha256.Sum().add("a".getBytes(US_ASCII)).add(ByteBuffer.wrap("xbcx".getBytes(US_ASCII), 1, 2));

        assertThat(sum.end()).isEqualTo(OF_ABC);
        assertThat(sum.add("abc".getBytes(US_ASCII)).end()).isEqualTo(OF_ABC);
    }

    @Test
    void prefix_bytes_isTwoDigitsForEach() {
        assertThat(OF_ABC.prefix(4)).isEqualTo("ba7816bf");
        assertThat(OF_ABC.prefix(32)).isEqualTo(OF_ABC.hex());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ba7816bf",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void constructor_otherText_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sha256(text)).withMessageContaining("64");
    }

    private static byte[] million() {
        return "a".repeat(1_000_000).getBytes(US_ASCII);
    }
}
