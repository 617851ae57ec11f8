package dev.aerie.storage.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=0-99,0,100",
        "bytes=10-,10,90",
        "bytes=-5,95,5",
        "bytes=-500,0,100",
        "bytes=90-500,90,10",
        "BYTES=1-2,1,2",
        "bytes=5-99999999999999999999,5,95"
    })
    void parse_oneRange_isCutToTheContent(String header, long first, long count) throws Exception {
        assertThat(ByteRange.parse(header, 100)).hasValue(new ByteRange(first, count));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=5-4", "lines=0-1", "bytes=a-b", "bytes=0-1,5-6"})
    void parse_noneOrBrokenOrSeveral_meansAll(String header) throws Exception {
        assertThat(ByteRange.parse(header, 100)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"})
    void parse_behindTheEnd_cannotBeSatisfied(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, 100)).isInstanceOf(ByteRange.UnsatisfiableException.class);
    }

    @Test
    void contentRange_namesFirstLastAndLength() {
        assertThat(new ByteRange(10, 5).contentRange(100)).isEqualTo("bytes 10-14/100");
    }
}
