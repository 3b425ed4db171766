# Sys::Virt. usage: perl.pl URI USER PASSWORD DOCUMENT
use strict;
use warnings;
use Sys::Virt;
use Sys::Virt::Domain;
use Sys::Virt::Event;
use Sys::Virt::Stream;

my ($uri, $user, $password, $file) = @ARGV;
my $document = do { local (@ARGV, $/) = $file; <> };
$| = 1;

Sys::Virt::Event::register_default();
my $conn = Sys::Virt->new(
    uri => $uri,
    auth => 1,
    credlist => [Sys::Virt::CRED_AUTHNAME, Sys::Virt::CRED_USERNAME, Sys::Virt::CRED_PASSPHRASE, Sys::Virt::CRED_REALM],
    callback => sub {
        for my $one (@{ $_[0] }) {
            $one->{result} = $user if $one->{type} == Sys::Virt::CRED_AUTHNAME || $one->{type} == Sys::Virt::CRED_USERNAME;
            $one->{result} = $password if $one->{type} == Sys::Virt::CRED_PASSPHRASE;
            $one->{result} = $one->{defresult} // "" if $one->{type} == Sys::Virt::CRED_REALM;
        }
        return 0;
    });
sub text { my ($set) = @_; join(" ", map { ref $set->{$_} ? () : "$_=$set->{$_}" } sort keys %$set) }

print "driver ", $conn->get_type, " ", $conn->get_version, " ", $conn->get_library_version, "\n";
print "host ", $conn->get_hostname, "\n";
print "uri ", $conn->get_uri, "\n";
print "encrypted ", $conn->is_encrypted, " secure ", $conn->is_secure, " alive ", $conn->is_alive, "\n";
print "host has ", text($conn->get_node_info), "\n";
print "domains ", join(" ", map { $_->get_name } $conn->list_all_domains), "\n";
print "networks ", join(" ", map { $_->get_name } $conn->list_all_networks), "\n";
print "pools ", join(" ", map { $_->get_name . " " . text($_->get_info) } $conn->list_all_storage_pools), "\n";

my @seen;
my $undefined = 0;
my $callback = $conn->domain_event_register_any(undef, Sys::Virt::Domain::EVENT_ID_LIFECYCLE, sub {
    my ($conn, $domain, $event, $detail) = @_;
    push @seen, $domain->get_name . ":$event:$detail";
    $undefined = 1 if $event == Sys::Virt::Domain::EVENT_UNDEFINED;
});

my $domain = $conn->define_domain($document);
print "defined ", $domain->get_name, " ", $domain->get_uuid_string, " ", $domain->is_persistent, "\n";
$domain->create;
print "started ", $domain->is_active, " ", join(":", $domain->get_state), "\n";
my $info = $domain->get_info;
print "info $info->{state} $info->{maxMem} $info->{memory} $info->{nrVirtCpu}\n";
my $scheduler = $domain->get_scheduler_parameters;
print "scheduler ", $domain->get_scheduler_type, " ", text($scheduler), "\n";
my ($statistics) = $conn->get_all_domain_stats(Sys::Virt::Domain::STATS_STATE, [$domain]);
print "statistics ", text($statistics->{data}), "\n";
print $domain->get_xml_description(Sys::Virt::Domain::XML_INACTIVE);

my $stream = $conn->new_stream;
print "picture ", $domain->screenshot($stream, 0), "\n";
my $picture = "";
$stream->recv_all(sub { my ($stream, $data, $count) = @_; $picture .= substr($data, 0, $count); return $count; });
$stream->finish;
print "picture ", substr($picture, 1, 3), " ", length($picture) > 1000, "\n";

my $snapshot = $domain->create_snapshot("<domainsnapshot><name>first</name></domainsnapshot>");
print "snapshot ", $snapshot->get_name, " ", $domain->num_of_snapshots, "\n";
$snapshot->delete;
$domain->suspend;
print "suspended ", join(":", $domain->get_state), "\n";
$domain->resume;

for my $failing (
    sub { $conn->get_domain_by_name("absent") },
    sub { $conn->get_network_by_name("absent") },
    sub { $conn->get_storage_pool_by_name("absent") },
    sub { $domain->create },
    sub { $domain->pin_vcpu(99, "\x01") },
) {
    eval { $failing->(); print "no error\n"; };
    print "error ", $@->code, " ", $@->domain, " ", $@->level, " ", $@->message, "\n" if $@;
}

$domain->destroy;
print "stopped ", $domain->is_active, " ", join(":", $domain->get_state), "\n";
$domain->undefine;
Sys::Virt::Event::run_default() until $undefined;
print "events @seen\n";
$conn->domain_event_deregister_any($callback);
print "domains ", join(" ", map { $_->get_name } $conn->list_all_domains), "\n";
