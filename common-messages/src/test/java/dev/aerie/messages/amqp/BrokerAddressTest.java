package dev.aerie.messages.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "amqp://broker, broker, 5672, false, guest, guest, /",
        "amqp://broker/, broker, 5672, false, guest, guest, /",
        "amqp://broker:5673/%2F, broker, 5673, false, guest, guest, /",
        "amqp://me:se%40cret+1@broker/fleet, broker, 5672, false, me, se@cret+1, fleet",
        "amqps://me:pw@broker/fleet, broker, 5671, true, me, pw, fleet",
    })
    void parse_url_readsItsParts(
            String url, String host, int port, boolean tls, String user, String password, String virtualHost) {
        assertThat(BrokerAddress.parse(url)).isEqualTo(new BrokerAddress(host, port, tls, user, password, virtualHost));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "broker:5672", "http://me:secret@broker/", "amqp://me:sec ret@broker", "amqp:///fleet"})
    void parse_noBrokersUrl_saysWhatIsExpectedAndNoSecret(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerAddress.parse(url))
                .withMessage("the broker's URL must be amqp://user:password@host:port/vhost")
                .withNoCause();
    }

    @Test
    void toString_leavesThePasswordOut() {
        assertThat(BrokerAddress.parse("amqp://me:secret@broker/fleet"))
                .hasToString("amqp://me@broker:5672 vhost fleet");
    }
}
