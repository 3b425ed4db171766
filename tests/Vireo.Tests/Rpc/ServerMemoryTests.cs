using System.Net.Sockets;
using Vireo.Rpc.Server;
using Vireo.Tests.Model;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>What connections cost, as the memory of the whole process tells: nothing else runs beside it.</summary>
[Collection(nameof(Alone))]
public sealed class ServerMemoryTests
{
    [Fact]
    public void A_thousand_idle_connections_cost_less_than_4_KiB_each_and_all_can_call()
    {
        using var fixture = new ServerFixture(new RpcServerOptions { MaxAnonymousClients = 0 });
        var sockets = new List<Socket>();
        try
        {
            sockets.Add(fixture.Raw());
            long before = GC.GetTotalMemory(true);
            var descriptors = new int[1000];
            for (int i = 0; i < descriptors.Length; i++)
                descriptors[i] = fixture.Descriptor();
            long each = (GC.GetTotalMemory(true) - before) / descriptors.Length;
            foreach (int fd in descriptors)
                sockets.Add(ServerFixture.Wrap(fd));
            Assert.True(each < 4096, $"{each} bytes");
            foreach (Socket socket in sockets)
            {
                socket.Send(Bytes.Call(TestProgram.Login, 8));
                Assert.Equal(8u, Bytes.ReadFrame(socket)!.Value.Header.Serial);
            }
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }
}
