"""What is shown of the feed: events as CloudEvents 1.0, cut down to what may leave."""

from marshmallow import validate

from chassis.answers import Answer, Id, Map, Moment, Words
from contracts.event import PREFIX


class EventTold(Answer):
    """Something that happened, as a CloudEvent 1.0. Each type and its `data` are told of in `/asyncapi.json`."""

    specversion = Words(validate=validate.Equal("1.0"))
    id = Id(metadata={"description": "The same when it comes again: with `source`, it names the event."})
    source = Words(metadata={"examples": ["/services/ideas"]})
    type = Words(metadata={"examples": [f"{PREFIX}idea.published"]})
    subject = Id(metadata={"description": "The thing that it is about."})
    time = Moment()
    datacontenttype = Words(validate=validate.Equal("application/json"))
    dataschema = Words(metadata={"sometimes": True, "format": "uri", "description": "Where the form of `data` is kept."})
    tenantid = Id(metadata={"description": "The association."})
    sequence = Words(metadata={"pattern": "^[0-9]{20}$", "description": "Grows from event to event about one subject."})
    partitionkey = Id(metadata={"description": "What is in order: all about one subject."})
    data = Map(metadata={"description": "Ids and plain values, never a person. It grows: pass over what you do not know."})
