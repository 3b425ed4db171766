namespace Vireo.Native.Interop;

unsafe struct CDomainEventGraphicsAddress
{
    public int Family;
    public byte* Node, Service;
}

unsafe struct CDomainEventGraphicsSubjectIdentity
{
    public byte* Type, Name;
}

unsafe struct CDomainEventGraphicsSubject
{
    public int Count;
    public CDomainEventGraphicsSubjectIdentity* Identities;
}
