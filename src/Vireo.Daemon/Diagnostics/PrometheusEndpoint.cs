using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vireo.Daemon.Diagnostics;

/// <summary>Answers GET /metrics on 127.0.0.1, one asker after the other; who dawdles is let go.</summary>
sealed class PrometheusEndpoint : IDisposable
{
    const int MostHeader = 8192;
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5), afterFailure = TimeSpan.FromMilliseconds(200);

    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly ManualResetEventSlim closed = new();
    readonly MetricStore store;

    /// <summary>Listens; a port of 0 takes any that is free.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    internal PrometheusEndpoint(int port, MetricStore store)
    {
        this.store = store;
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(8);
        new Thread(Serve) { IsBackground = true, Name = "prometheus" }.Start();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    void Serve()
    {
        while (!closed.IsSet)
        {
            Socket client;
            try
            {
                client = listener.Accept();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                closed.Wait(afterFailure);      // closed; or out of descriptors, which passes
                continue;
            }
            using (client)
            {
                try
                {
                    client.ReceiveTimeout = client.SendTimeout = (int)patience.TotalMilliseconds;
                    Answer(client);
                }
                catch (SocketException)
                {
                    // Gone, or too slow.
                }
            }
        }
    }

    void Answer(Socket client)
    {
        byte[] buffer = new byte[MostHeader];
        int length = 0;
        long until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int count = length < buffer.Length && Environment.TickCount64 < until ? client.Receive(buffer.AsSpan(length)) : 0;
            if (count is 0)
                return;
            length += count;
        }
        ReadOnlySpan<byte> request = buffer.AsSpan(0, length);
        (string status, string type, string body) = request.StartsWith("GET /metrics "u8) || request.StartsWith("GET /metrics?"u8)
            ? ("200 OK", PrometheusText.ContentType, PrometheusText.Write(store))
            : request.StartsWith("GET "u8) ? ("404 Not Found", "text/plain", "there is /metrics\n")
            : ("405 Method Not Allowed", "text/plain", "only GET\n");
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n");
        Send(client, head);
        Send(client, bytes);
        client.Shutdown(SocketShutdown.Send);
    }

    static void Send(Socket client, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[client.Send(bytes)..];
    }

    public void Dispose()
    {
        closed.Set();
        listener.Dispose();
    }
}
