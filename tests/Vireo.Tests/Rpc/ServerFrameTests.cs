using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.Tests.Rpc;

public sealed class ServerFrameTests
{
    [Theory]
    [InlineData(0u), InlineData(3u), InlineData(4u), InlineData(27u), InlineData(33_554_437u), InlineData(uint.MaxValue)]
    public void A_length_that_cannot_be_closes_the_connection_without_a_word(uint length)
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        byte[] message = Bytes.Call(TestProgram.Echo, 1);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(message, length);
        socket.Send(message);
        Assert.Null(Bytes.ReadFrame(socket));
    }

    [Fact]
    public void A_long_frame_that_comes_in_single_bytes_is_put_together()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        byte[] message = Bytes.Echo(TestProgram.Echo, 9, new string('x', 3000));
        foreach (byte one in message)
            socket.Send([one]);
        (MessageHeader header, byte[] payload) = Bytes.ReadFrame(socket)!.Value;
        Assert.Equal(9u, header.Serial);
        Assert.Equal(3004, payload.Length);
    }

    [Fact]
    public void A_frame_of_the_largest_size_is_taken_and_its_answer_is_small()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        byte[] message = Bytes.Message(TestProgram.Fail, 5, new byte[MessageHeader.MaxMessage - MessageHeader.Size]);
        socket.Send(message);
        Assert.Equal(ErrorCode.NoDomain, Bytes.ReadError(socket).Code);
    }

    [Fact]
    public void Unknown_programs_versions_and_procedures_are_named_and_the_connection_lives()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Message(1, 1, program: 99));
        VirError error = Bytes.ReadError(socket);
        Assert.Equal((ErrorCode.Rpc, ErrorDomain.Rpc, "Cannot find program 99 version 1"), (error.Code, error.Domain, error.Message));
        Assert.Equal(("%s", "Cannot find program 99 version 1"), (error.Str1, error.Str2));
        socket.Send(Bytes.Message(1, 2, version: 7));
        Assert.Equal($"Cannot find program {TestProgram.Number} version 7", Bytes.ReadError(socket).Message);
        socket.Send(Bytes.Message(9999, 3));
        Assert.Equal("unknown procedure: 9999", Bytes.ReadError(socket).Message);
        socket.Send(Bytes.Call(TestProgram.Fail, 4));
        Assert.Equal(ErrorCode.NoDomain, Bytes.ReadError(socket).Code);
    }

    [Fact]
    public void A_call_before_login_is_refused_by_the_RPC_layer()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw(login: false);
        socket.Send(Bytes.Echo(TestProgram.Echo, 1, "a"));
        VirError error = Bytes.ReadError(socket);
        Assert.Equal((ErrorCode.Rpc, "authentication required"), (error.Code, error.Message));
    }

    [Fact]
    public void Arguments_that_end_too_early_are_an_error_and_the_connection_lives()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Call(TestProgram.Echo, 1));
        Assert.Equal("Unable to decode message payload", Bytes.ReadError(socket).Message);
        socket.Send(Bytes.Call(TestProgram.Crash, 2));
        Assert.Equal(ErrorCode.InternalError, Bytes.ReadError(socket).Code);
    }

    [Fact]
    public void Pipelined_calls_are_answered_each_by_its_serial()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        var all = new List<byte>();
        for (uint i = 0; i < 200; i++)
            all.AddRange(Bytes.Echo(i % 3 == 0 ? TestProgram.EchoByWorker : TestProgram.Echo, 1000 + i, $"call {i}"));
        socket.Send(all.ToArray());
        var seen = new HashSet<uint>();
        for (int i = 0; i < 200; i++)
        {
            (MessageHeader header, byte[] payload) = Bytes.ReadFrame(socket)!.Value;
            Assert.Contains($"call {header.Serial - 1000}", System.Text.Encoding.ASCII.GetString(payload));
            Assert.True(seen.Add(header.Serial));
        }
    }

    [Fact]
    public void A_client_with_five_calls_under_way_is_not_read_until_one_is_done()
    {
        using var fixture = new ServerFixture(new RpcServerOptions { MaxClientRequests = 5 });
        using Socket socket = fixture.Raw();
        for (uint i = 0; i < 5; i++)
            socket.Send(Bytes.Call(TestProgram.WaitForGate, i));
        socket.Send(Bytes.Echo(TestProgram.Echo, 50, "late"));
        for (int i = 0; i < 5; i++)
            Assert.True(fixture.Host.Waiting.Wait(20_000));
        Assert.Equal(0, socket.Available);
        fixture.Host.Gate.Release();
        uint[] first = [Bytes.ReadFrame(socket)!.Value.Header.Serial, Bytes.ReadFrame(socket)!.Value.Header.Serial];
        Assert.Contains(50u, first);
    }

    [Fact]
    public void Calls_that_hang_do_not_keep_other_clients_from_inline_answers()
    {
        using var fixture = new ServerFixture(new RpcServerOptions { Threads = 1, MaxWorkers = 2 });
        using Socket stuck = fixture.Raw();
        for (uint i = 0; i < 3; i++)
            stuck.Send(Bytes.Call(TestProgram.WaitForGate, i));
        Assert.True(fixture.Host.Waiting.Wait(20_000));
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Echo(TestProgram.Echo, 1, "quick"));
        Assert.Equal(1u, Bytes.ReadFrame(socket)!.Value.Header.Serial);
    }

    [Fact]
    public void Closing_after_the_replies_sends_the_reply_first()
    {
        using var fixture = new ServerFixture();
        using Socket socket = fixture.Raw();
        socket.Send(Bytes.Call(TestProgram.CloseAfter, 3));
        Assert.Equal(3u, Bytes.ReadFrame(socket)!.Value.Header.Serial);
        Assert.Null(Bytes.ReadFrame(socket));
        Assert.True(fixture.Host.Closed.Wait(20_000));
    }

    /// <summary>Valid and damaged messages, cut anywhere: whatever comes, the server answers the next client.</summary>
    [Fact]
    public void No_garbage_brings_the_server_down()
    {
        using var fixture = new ServerFixture();
        int count = 0;
        for (int seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            using Socket socket = fixture.Raw();
            socket.Blocking = false;
            for (int i = 0; i < 40; i++, count++)
            {
                byte[] payload = new byte[random.Next(64)];
                random.NextBytes(payload);
                int procedure = random.Next(TestProgram.CloseAfter + 2);
                if (procedure is TestProgram.WaitForGate or TestProgram.Events or TestProgram.Download or TestProgram.Upload)
                    procedure = TestProgram.Echo;
                byte[] message = Bytes.Message(procedure, (uint)random.Next(4), payload,
                    (MessageType)random.Next(8), (MessageStatus)random.Next(4));
                for (int flips = random.Next(3); flips > 0; flips--)
                    message[random.Next(4, message.Length)] ^= (byte)(1 << random.Next(8));
                if (random.Next(20) == 0)
                    message[3] ^= (byte)random.Next(256);
                try
                {
                    int cut = random.Next(message.Length);
                    socket.Send(message.AsSpan(0, cut));
                    socket.Send(message.AsSpan(cut));
                    while (socket.Available > 0)
                        socket.Receive(new byte[4096]);
                }
                catch (SocketException)
                {
                    break;   // closed, as it should be
                }
            }
        }
        using Socket sane = fixture.Raw();
        sane.Send(Bytes.Echo(TestProgram.Echo, 77, "still here"));
        Assert.Equal(77u, Bytes.ReadFrame(sane)!.Value.Header.Serial);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} messages");
    }
}
