package dev.aerie.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class PlacesTest {

    private final Places places = new Places(3, 2);

    @Test
    void enter_moreThanAnAddressHas_isRefusedToItAlone() throws Exception {
        assertThat(places.enter(address("10.0.0.1"))).isTrue();
        assertThat(places.enter(address("10.0.0.1"))).isTrue();
        assertThat(places.enter(address("10.0.0.1"))).isFalse();
        assertThat(places.enter(address("10.0.0.2"))).isTrue();
        assertThat(places.enter(address("10.0.0.3"))).as("all are taken").isFalse();
        assertThat(places.refused()).isEqualTo(2);
    }

    @Test
    void leave_makesRoomForTheNext() throws Exception {
        places.enter(address("10.0.0.1"));
        places.enter(address("10.0.0.1"));
        places.leave(address("10.0.0.1"));
        assertThat(places.enter(address("10.0.0.1"))).isTrue();
        assertThat(places.taken()).isEqualTo(2);
    }

    /// One customer of a provider has 2^64 addresses.
    @Test
    void enter_addressesOfOneIpv6Network_countAsOne() throws Exception {
        assertThat(places.enter(address("2001:db8:0:1::1"))).isTrue();
        assertThat(places.enter(address("2001:db8:0:1:ffff::2"))).isTrue();
        assertThat(places.enter(address("2001:db8:0:1:abcd::3"))).isFalse();
        assertThat(places.enter(address("2001:db8:0:2::1"))).isTrue();
    }

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }
}
