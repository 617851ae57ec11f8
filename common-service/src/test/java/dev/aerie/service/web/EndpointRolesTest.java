package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.auth.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointRolesTest {

    private final EndpointRoles roles = EndpointRoles.parse("""
            # a comment

            GET / viewer
            GET /js/** viewer
            GET /login.html anyone
            GET /api/streams/{stream} viewer
            PUT /api/streams/{stream} operator
            POST /whip/{stream} operator
            GET /api/streams/{stream}/keyframes/{frame}.jpg viewer
            """);

    @ParameterizedTest
    @CsvSource({
        "GET, /, VIEWER",
        "HEAD, /, VIEWER",
        "GET, /js/live/player.js, VIEWER",
        "GET, /api/streams/drone, VIEWER",
        "GET, /api/streams/drone/, VIEWER",
        "PUT, /api/streams/drone, OPERATOR",
        "GET, /api/streams/drone/keyframes/7.jpg, VIEWER",
        "OPTIONS, /api/streams/drone, VIEWER",
        "OPTIONS, /whip/gate, OPERATOR",
        "OPTIONS, /elsewhere, ADMIN",
        // What is not listed.
        "DELETE, /api/streams/drone, ADMIN",
        "GET, /api/streams, ADMIN",
        "GET, /api/streams/, ADMIN",
        "GET, /api/streams//, ADMIN",
        "GET, /api/streams/drone/objects, ADMIN",
        "GET, /API/streams/drone, ADMIN",
        "GET, /api/streams;a=b/drone, ADMIN",
        "POST, /js/x, ADMIN",
        "MADE-UP, /, ADMIN",
    })
    void needed_request_isItsLinesRole_elseAdmin(String method, String path, Role role) {
        assertThat(roles.needed(method, path)).contains(role);
        assertThat(roles.isForAnyone(method, path)).isFalse();
    }

    @Test
    void needed_pageForAnyone_isNoRole() {
        assertThat(roles.needed("GET", "/login.html")).isEmpty();
        assertThat(roles.isForAnyone("POST", "/login.html")).isFalse();
    }

    @Test
    void parse_lineThatIsNone_isNamed() {
        for (String line : new String[] {"GET /x", "GET /x root", "GET /x viewer twice"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> EndpointRoles.parse(line))
                    .withMessageContaining(line);
        }
    }
}
