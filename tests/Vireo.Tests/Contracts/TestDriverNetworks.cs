using Vireo.Drivers.Test;
using Vireo.Tests.Remote.Forward;

namespace Vireo.Tests.Contracts;

public sealed class TestDriverNetworks() : NetworkContract(new InProcessSubject(TestDriver.Create(), "test:///default", remote: false));

public sealed class TestDriverNetworksBehindAServer() : NetworkContract(new InProcessSubject(TestDriver.Create(), "test:///default", remote: true));

public sealed class TestDriverNetworksInADaemonOfTheirOwn() : NetworkContract(
    new InProcessSubject(new DaemonsOfAHost(TestDriver.Create(), "test:///default"), "qemu:///system", remote: true));
