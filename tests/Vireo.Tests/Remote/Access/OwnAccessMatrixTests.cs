using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>The program that libvirt does not have: who holds machines, and who waits for them.</summary>
public sealed class OwnAccessMatrixTests() : AccessMatrix("remote", VireoProcedures.Program)
{
    const int ListJobs = 1;
    static readonly byte[] arguments = [0, 0, 0, 1, 0, 0, 0, 0]; // wants results; flags

    [Fact]
    public void The_list_of_jobs_is_for_those_who_may_ask_for_guests()
    {
        Rights.Rule = static question => question.Right != ConnectRight.SearchDomains;
        Assert.Equal(ErrorCode.AccessDenied, Call(Client, ListJobs, arguments)!.Code);
        Assert.Empty(Driver.Ran);
    }

    [Fact]
    public void It_tells_of_those_guests_only_that_the_caller_may_see_even_to_those_who_may_only_look()
    {
        using Socket looking = Connect(readOnly: true);
        foreach (Socket client in (Socket[])[Client, looking])
        {
            Rights.Rule = static _ => true;
            Assert.Equal((true, true), Told(client));
            Rights.Rule = static question => question.Right.Object is AccessObject.Connect || Own(question.Subject);
            Assert.Equal((true, false), Told(client));
        }
    }

    (bool Mine, bool Other) Told(Socket client)
    {
        client.Send(Bytes.Message(ListJobs, NextSerial(), arguments, program: Program));
        (MessageHeader header, byte[] answer) = Bytes.ReadFrame(client)!.Value;
        Assert.Equal(MessageStatus.Ok, header.Status);
        return (answer.AsSpan().IndexOf("mine"u8) >= 0, answer.AsSpan().IndexOf("other"u8) >= 0);
    }
}
