package dev.aerie.cli.certificate;

import dev.aerie.settings.InstanceName;
import dev.aerie.tls.LocalAuthority;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a certificate of an authority of our own: `./aerie certificate`.
@Command(
        name = "certificate",
        description = "A certificate for the services, by a local authority that is made once.",
        mixinStandardHelpOptions = true)
public final class CertificateCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Names and addresses of the server. Default: localhost, and those that this machine has.")
    private @Nullable List<String> names;

    @Option(names = "--out", paramLabel = "DIR", description = "Default: ~/.aerie/tls.")
    private @Nullable Path folder;

    public CertificateCommand(PrintStream out) {
        this.out = out;
    }

    /// Prints the settings to use it with.
    @Override
    public Integer call() throws IOException {
        var authority =
                new LocalAuthority(folder == null ? Path.of(System.getProperty("user.home"), ".aerie", "tls") : folder);
        authority.certify(names == null ? ofThisMachine() : names);
        out.println("TLS_CERTIFICATE=" + authority.certificate());
        out.println("TLS_KEY=" + authority.key());
        out.println("TLS_CA=" + authority.authority());
        return 0;
    }

    private static List<String> ofThisMachine() throws IOException {
        var names = new ArrayList<String>();
        names.add("localhost");
        names.add(InstanceName.hostName());
        names.add("127.0.0.1");
        names.add("::1");
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .forEach(names::add);
        return names.stream().distinct().toList();
    }
}
