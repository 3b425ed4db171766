using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Guests;

/// <summary>Pictures of screens, all of which show the same: a wedge from black to white.</summary>
sealed class Screenshots(TestHost host) : DomainWork(host), IDomainScreenshot
{
    static readonly Lazy<byte[]> picture = new(static () => Document.Bytes("screen.png"));

    public ValueTask<WithStream<string?>> TakeScreenshotAsync(DomainRef domain, uint screen, uint flags, IStreamSink client, CancellationToken cancel)
    {
        flags.None("testDomainScreenshot");
        See(domain);
        return new(new WithStream<string?>("image/png", new Reader(client, picture.Value)));
    }

    /// <summary>Gives the client what there is as fast as it takes it.</summary>
    sealed class Reader(IStreamSink client, byte[] content) : IStreamHandler
    {
        const int Piece = 65_536;
        int sent;
        bool ended;

        public void Ready()
        {
            while (sent < content.Length)
            {
                int length = Math.Min(Piece, content.Length - sent);
                sent += length;
                if (!client.Send(content.AsSpan(sent - length, length)))
                    return;
            }
            if (!ended)
            {
                ended = true;
                client.End();
            }
        }

        public bool Received(ReadOnlySpan<byte> data) => true;

        public void Finished() => ended = true;

        public void Aborted() => ended = true;
    }
}
